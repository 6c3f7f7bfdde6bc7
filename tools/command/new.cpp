// heddle new NAME
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>

#include "checker/report/safe_text.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/command/commands.hpp"
#include "tools/command/scenario_template.hpp"

namespace heddle::command {
namespace {

constexpr std::size_t longest_name = 64;

// Names that build systems keep for themselves.
constexpr std::array<std::string_view, 7> reserved = {"all",     "clean",   "depend", "help",
                                                      "install", "package", "test"};

void check_name(const std::string& name) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool words = !name.empty() && letter(name.front()) && name.back() != '_' &&
                     name.find("__") == std::string::npos &&
                     std::all_of(name.begin(), name.end(), [&](char c) {
                       return letter(c) || (c >= '0' && c <= '9') || c == '_';
                     });
  if (!words || name.size() > longest_name) {
    throw cli::UsageError(fmt::format(
        "'{}' is no name for a scenario: take lower-case words joined by '_', such as 'my_queue', "
        "of at most {} letters",
        name, longest_name));
  }
  if (std::find(reserved.begin(), reserved.end(), name) != reserved.end()) {
    throw cli::UsageError(
        fmt::format("'{}' is reserved by the build system; take another name", name));
  }
}

void write_new(const std::string& path, const std::string& text) {
  // O_EXCL: somebody's scenario is never overwritten, whatever happens between a test and this.
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0 && errno == EEXIST) throw cli::UsageError(fmt::format("'{}' exists already", path));
  int cause = file < 0 ? errno : 0;
  if (file >= 0) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count != static_cast<ssize_t>(text.size())) cause = count < 0 ? errno : ENOSPC;
    if (::close(file) != 0 && cause == 0) cause = errno;
    if (cause != 0) ::unlink(path.c_str());
  }
  if (cause != 0) {
    throw cli::UsageError(fmt::format("can't write '{}': {}", path, std::strerror(cause)));
  }
}

int make_new(const std::string& name, std::string directory) {
  check_name(name);
  while (directory.size() > 1 && directory.back() == '/') directory.pop_back();
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    throw cli::UsageError(fmt::format(
        "there is no folder '{}'; go to the top folder of the project or give --directory",
        directory));
  }
  const std::string path = directory + "/" + name + ".cpp";
  write_new(path, scenario_template(name));
  cli::print(fmt::format(
      "wrote {}\n"
      "Next: build the project (cmake --build --preset release), which finds the new file; then\n"
      "  heddle run {}\n",
      report::safe(path), name));
  return 0;
}

}  // namespace

Subcommand add_new(cli::Command program) {
  cli::Command command = program.add_command("new", "Start a scenario from a commented example");
  const auto name = std::make_shared<std::string>();
  const auto directory = std::make_shared<std::string>("scenarios");
  command.add_option("NAME", *name, "Lower-case words joined by '_'").required();
  command.add_option("--directory", *directory, "Where to put it (default: scenarios)")
      .type_name("FOLDER");
  return {command, [=] { return make_new(*name, *directory); }};
}

}  // namespace heddle::command
