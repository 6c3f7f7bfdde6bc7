// heddle replay TRACE
#include <memory>

#include "tools/cli/error.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/run_options.hpp"
#include "tools/command/child.hpp"
#include "tools/command/commands.hpp"
#include "tools/command/debugger.hpp"
#include "tools/command/find.hpp"
#include "tools/command/no_verdict.hpp"

namespace heddle::command {
namespace {

int replay(const std::string& path, bool gdb, cli::RunOptions options,
           std::vector<std::string> arguments) {
  if (path == cli::standard_stream) {
    throw cli::UsageError("a replay reads its trace twice: it takes a file, not standard input");
  }
  const trace::Trace trace = cli::read_trace(path);
  const std::string program = program_of(trace.scenario);
  arguments.push_back("--replay=" + path);
  if (gdb) {
    arguments.emplace_back("--step-through");
    become_gdb(program, arguments);
  }
  const Ended ended = run_child(program, arguments, false);
  if (ended.verdict) return ended.status;
  options.model = trace.model;
  return tell_without_verdict(trace.scenario, ended, options);
}

}  // namespace

Subcommand add_replay(cli::Command program) {
  cli::Command command = program.add_command("replay", "Run the execution of a saved trace again");
  const auto path = std::make_shared<std::string>();
  const auto options = std::make_shared<cli::RunOptions>();
  command.add_option("TRACE", *path, "A file that --trace wrote").required();
  const auto gdb = std::make_shared<bool>(false);
  command.add_flag("--gdb", *gdb, "Run it under gdb and stop at each step");
  cli::add_result_options(command, *options);
  // The options must live as long as the command line that writes to them.
  return {command, [path, gdb, command, options] {
            return replay(*path, *gdb, *options, cli::forwarded(command));
          }};
}

}  // namespace heddle::command
