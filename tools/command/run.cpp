// heddle run NAME... | --all
#include <fmt/format.h>

#include <array>
#include <memory>
#include <utility>

#include "tools/cli/error.hpp"
#include "tools/cli/run_options.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/command/child.hpp"
#include "tools/command/commands.hpp"
#include "tools/command/find.hpp"
#include "tools/command/no_verdict.hpp"
#include "tools/command/run_all.hpp"

namespace heddle::command {
namespace {

struct Request {
  cli::RunOptions options;
  std::vector<std::string> names;
  bool all = false;
};

// The status of several runs together: the one that a user should look at first.
int worse(int a, int b) {
  constexpr std::array<int, 5> from_worst = {cli::exit_usage, cli::exit_broken, cli::exit_violated,
                                             cli::exit_incomplete, cli::exit_holds};
  for (const int status : from_worst) {
    if (a == status || b == status) return status;
  }
  return cli::exit_usage;
}

int run_named(const Request& request, const std::vector<std::string>& arguments) {
  std::vector<std::string> programs;  // all of them are looked up before the first one runs
  for (const std::string& name : request.names) programs.push_back(program_of(name));
  int status = cli::exit_holds;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    const Ended ended = run_child(programs[i], arguments, false);
    const int own = ended.verdict ? ended.status
                                  : tell_without_verdict(request.names[i], ended, request.options);
    status = worse(status, own);
    if (cli::reader_is_gone()) return worse(status, cli::exit_usage);  // no need to go on
    if (interrupted()) return worse(status, cli::exit_incomplete);
  }
  return status;
}

int run(const Request& request, const std::vector<std::string>& arguments) {
  if (request.all != request.names.empty()) {
    throw cli::UsageError(request.all ? "give names of scenarios or --all, not both"
                                      : "name the scenarios to run, or give --all");
  }
  const std::array<std::pair<const char*, const std::string&>, 5> files = {{
      {"--trace", request.options.trace_path},
      {"--nearest", request.options.nearest_path},
      {"--html", request.options.html_path},
      {"--checkpoint", request.options.checkpoint_path},
      {"--resume", request.options.resume_path},
  }};
  for (const auto& [option, path] : files) {
    if (request.names.size() == 1 || path.empty()) continue;
    throw cli::UsageError(std::string(option) +
                          " takes one scenario: several would overwrite each other's file");
  }
  const bool collects = !request.options.junit_path.empty() || !request.options.sarif_path.empty();
  if (request.names.size() > 1 && collects) {
    throw cli::UsageError("--junit and --sarif take one scenario, or --all");
  }
  for (const std::string& setting : request.options.set) cli::parse_setting(setting);
  if (!request.all) return run_named(request, arguments);
  if (!request.options.expect.empty()) {
    throw cli::UsageError("--all compares with what each scenario expects; it takes no --expect");
  }
  if (request.options.strengthen) {
    throw cli::UsageError("--strengthen takes scenarios by name, not --all");
  }
  return run_all(request.options, arguments);
}

}  // namespace

Subcommand add_run(cli::Command program) {
  cli::Command command = program.add_command("run", "Check scenarios");
  const auto request = std::make_shared<Request>();
  command.add_option("NAME", request->names, "Scenarios to run one after the other");
  command.add_flag("--all", request->all, "Run all, compare with what is expected of them");
  cli::add_exploration_options(command, request->options);
  cli::add_result_options(command, request->options);
  command.footer(
      "Examples:\n"
      "  heddle run store_buffering\n"
      "  heddle run store_buffering --model sc --keep-going\n"
      "  heddle run store_buffering --model all\n"
      "  heddle run message_passing --set ordered=0 --strengthen\n"
      "  heddle run store_buffering --strategy random --seed 7 --seconds 60\n"
      "  heddle run store_buffering --format json\n"
      "  heddle run --all --model sc\n");
  return {command, [=] { return run(*request, cli::forwarded(command)); }};
}

}  // namespace heddle::command
