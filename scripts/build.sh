# shellcheck shell=bash
# Sourced by ./check and ./test, from the top folder.
source scripts/packages.sh

# quietly LOG COMMAND...: one's own output goes to LOG and is shown only if the command fails.
quietly() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 </dev/null && return 0
  local status=$?
  # Without the builder's progress lines.
  grep -vE '^\[[0-9]+/[0-9]+\] ' "$log" | tail -n 60 >&2
  echo "heddle: '$*' failed (whole log: $log)" >&2
  return "$status"
}

# build PRESET [TARGET...]: installs missing packages, configures build/PRESET and builds these
# targets, or everything.
build() {
  local preset=$1
  shift
  # Only who asks for the other compiler needs it.
  [[ $preset != clang ]] || packages+=(clang)
  install_packages || return
  local start=$SECONDS
  mkdir -p "build/$preset"
  quietly "build/$preset/configure.log" cmake --preset "$preset" || return
  echo "Building build/$preset (some minutes the first time)"
  quietly "build/$preset/build.log" cmake --build --preset "$preset" --parallel "$(nproc)" \
    ${1+--target "$@"} || return
  echo "Built build/$preset in $((SECONDS - start)) s"
}
