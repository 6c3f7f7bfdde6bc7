#include "tools/command/commands.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/cli/command_line.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/signals.hpp"
#include "tools/cli/suggest.hpp"
#include "tools/command/compile.hpp"
#include "tools/command/help.hpp"

namespace heddle::command {
namespace {

const char* const footer =
    "Examples:\n"
    "  heddle check queue_test.cpp               check a program as it is\n"
    "  heddle list                               the scenarios that are built\n"
    "  heddle run store_buffering --model sc     check one\n"
    "  heddle help run                           all options of a command\n"
    "  heddle run store_buffering --help         a scenario's own parameters\n"
    "  heddle run --all                          check all, compare with what is expected\n"
    "  heddle run fput_shipped --trace bug.json  save the counterexample\n"
    "  heddle replay bug.json                    run it again\n"
    "  heddle show bug.json                      print it without running anything\n"
    "  heddle show bug.json --html bug.html      look at it in a browser\n"
    "  heddle diff bug.json other.json           where two executions part\n"
    "  heddle new my_queue                       start a scenario\n"
    "  heddle litmus tests/                      run litmus tests, as herd7 does\n"
    "HEDDLE_SCENARIOS may list folders with scenario programs, separated by ':'.\n"
    "Exit status: 0 holds, 1 violated, 2 wrong input, 3 incomplete, 4 a scenario is broken.\n";

/// --help is answered before a command is looked for.
void require_command(const cli::Command& program, const std::string& name) {
  const std::vector<std::string> names = program.command_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw cli::UsageError(cli::unknown_name("command", name, names));
  }
}

/// `heddle cc` and `heddle c++` have the options of a compiler.
std::optional<bool> language_of(const std::string& name) {
  if (name == "cc") return false;
  if (name == "c++") return true;
  return std::nullopt;
}

int run(int argc, const char* const* argv) {
  std::vector<std::string> words(argv, argv + argc);
  if (const auto cpp = argc > 1 ? language_of(words[1]) : std::nullopt) {
    return compile_only(*cpp, {words.begin() + 2, words.end()});
  }
  std::vector<std::string> compiler_flags;
  if (argc > 1 && words[1] == "check") {
    const auto end = std::find(words.begin(), words.end(), "--");
    if (end != words.end()) compiler_flags.assign(end + 1, words.end());
    words.erase(end, words.end());
  }
  words = with_help_as_option(std::move(words));
  if (const auto status = help_of_scenario(words)) return *status;
  std::vector<const char*> arguments;
  for (const std::string& word : words) arguments.push_back(word.c_str());
  cli::CommandLine program(
      "Checks concurrent C++ by exploring every execution that a memory model allows", "heddle");
  program.footer(footer);
  const std::vector<Subcommand> subcommands = {add_check(program, compiler_flags),
                                               add_list(program),
                                               add_run(program),
                                               add_replay(program),
                                               add_show(program),
                                               add_diff(program),
                                               add_new(program),
                                               add_litmus(program)};
  if (argc > 2 && std::string_view(argv[1]) == "help") require_command(program, argv[2]);
  if (const auto status = program.parse(static_cast<int>(arguments.size()), arguments.data()))
    return *status;
  for (const Subcommand& subcommand : subcommands) {
    if (subcommand.command.given()) return subcommand.run();
  }
  throw cli::UsageError(
      "say what to do: check, list, run, replay, show, diff, new or litmus; see --help");
}

}  // namespace

int command_main(int argc, const char* const* argv) {
  cli::ignore_signals_of_writes();
  return cli::guarded([&] { return run(argc, argv); });
}

}  // namespace heddle::command
