# shellcheck shell=bash
# Sourced by ./check and ./test. The Debian packages that heddle is built with, listed once.
packages=(
  g++ cmake ninja-build python3
  libboost-context-dev libfmt-dev libcli11-dev nlohmann-json3-dev libzydis-dev libdw-dev pkg-config
  libgtest-dev libbenchmark-dev
)

# What the tests run beside the compiler: a command and the package that has it.
test_tools=(node:nodejs npm:npm chromium:chromium dot:graphviz gdb:gdb zsh:zsh fish:fish
            dpkg-shlibdeps:dpkg-dev)

# install_test_tools: tries to install those that are missing. Tests that need one that is not there
# fail and say which.
install_test_tools() {
  local missing=() tool
  for tool in "${test_tools[@]}"; do
    command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
  done
  ((${#missing[@]})) || return 0
  packages=("${missing[@]}")
  install_packages || echo "heddle: continuing without ${missing[*]}; their tests will fail" >&2
}

# Installs what is missing. Does nothing, and needs no network and no rights, if nothing is.
install_packages() {
  if ! command -v dpkg-query >/dev/null; then
    echo "heddle: this is no Debian system; continuing with what is here" \
         "(wanted: ${packages[*]})" >&2
    return 0
  fi
  local missing=() name status
  for name in "${packages[@]}"; do
    status=$(dpkg-query -W -f='${Status}' "$name" 2>/dev/null) || status=""
    [[ $status == "install ok installed" ]] || missing+=("$name")
  done
  ((${#missing[@]})) || return 0

  local as_root=()
  if ((EUID != 0)); then
    if command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
      as_root=(sudo)
    else
      echo "heddle: missing packages. As root, run:" >&2
      echo "  apt-get install ${missing[*]}" >&2
      return 1
    fi
  fi
  echo "Installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get -qq update &&
         "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
           apt-get -qq -y --no-install-recommends install "${missing[@]}"; } \
       >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "heddle: could not install the packages above (whole log: $log)" >&2
    return 1
  fi
  rm -f "$log"
}
