#include "tools/command/commands.hpp"

#include <CLI/CLI.hpp>
#include <vector>

#include "tools/cli/error.hpp"
#include "tools/cli/parse.hpp"
#include "tools/cli/signals.hpp"

namespace heddle::command {
namespace {

const char* const footer =
    "Examples:\n"
    "  heddle list                               the scenarios that are built\n"
    "  heddle run store_buffering --model sc     check one; its options: heddle run --help\n"
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

int run(int argc, const char* const* argv) {
  CLI::App app("Checks concurrent C++ by exploring every execution that a memory model allows",
               "heddle");
  app.footer(footer);
  app.require_subcommand(0, 1);
  const std::vector<Subcommand> subcommands = {add_list(app),  add_run(app),  add_replay(app),
                                               add_show(app),  add_diff(app), add_new(app),
                                               add_litmus(app)};
  cli::prepare(app);
  if (const auto status = cli::parse(app, argc, argv)) return *status;
  for (const Subcommand& subcommand : subcommands) {
    if (subcommand.app->parsed()) return subcommand.run();
  }
  throw cli::UsageError("say what to do: list, run, replay, show, diff, new or litmus; see --help");
}

}  // namespace

int command_main(int argc, const char* const* argv) {
  cli::ignore_signals_of_writes();
  return cli::guarded([&] { return run(argc, argv); });
}

}  // namespace heddle::command
