// heddle check FILE... [-- COMPILER FLAGS]
#include <fmt/format.h>
#include <stdlib.h>

#include <csignal>
#include <filesystem>
#include <memory>

#include "tools/cli/error.hpp"
#include "tools/cli/run_options.hpp"
#include "tools/command/child.hpp"
#include "tools/command/commands.hpp"
#include "tools/command/compile.hpp"

namespace heddle::command {
namespace {

namespace fs = std::filesystem;

struct Request {
  cli::RunOptions options;
  std::vector<std::string> files;
  std::string compiler;
};

/// A folder that is gone when this ends.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_((fs::temp_directory_path() / "heddle-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) {
      throw cli::UsageError(fmt::format("can't make a folder like '{}'", path_));
    }
  }
  ~TemporaryFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

int run(const Request& request, const std::vector<std::string>& flags,
        const std::vector<std::string>& arguments) {
  if (request.files.empty()) throw cli::UsageError("name the C or C++ files of the program");
  const TemporaryFolder folder;
  const std::string program = folder.path() + "/" + fs::path(request.files.front()).stem().string();
  if (!build_program(request.files, flags, request.compiler, program)) return cli::exit_usage;
  const Ended ended = run_child(program, arguments, false);
  if (ended.signal == SIGPIPE) return cli::exit_usage;
  if (ended.signal != 0) {
    cli::print_error(fmt::format("the program was killed by signal {}", ended.signal));
    return cli::exit_broken;
  }
  return ended.status;
}

}  // namespace

Subcommand add_check(cli::Command program, const std::vector<std::string>& compiler_flags) {
  cli::Command command = program.add_command("check", "Check a C or C++ program as it is");
  const auto request = std::make_shared<Request>();
  command.add_option("FILE", request->files, "Sources of the program; objects of heddle c++");
  command.add_option("--compiler", request->compiler, "A g++ (default: g++)").type_name("NAME");
  cli::add_exploration_options(command, request->options);
  cli::add_result_options(command, request->options);
  command.footer(
      "Flags for the compiler stand behind --.\n"
      "Examples:\n"
      "  heddle check queue_test.cpp\n"
      "  heddle check queue_test.cpp queue.c --model rc11 -- -Iinclude -DTHREADS=2\n");
  return {command,
          [=, &compiler_flags] { return run(*request, compiler_flags, cli::forwarded(command)); }};
}

}  // namespace heddle::command
