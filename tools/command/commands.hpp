// The subcommands of `heddle`: each has a file of its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/cli/command_line.hpp"

namespace heddle::command {

/// A subcommand on the command line, and what it does. `run` returns the exit status.
struct Subcommand {
  cli::Command command;
  std::function<int()> run;
};

/// `compiler_flags`: what stands behind `--`; it must live until the subcommand has run.
Subcommand add_check(cli::Command program, const std::vector<std::string>& compiler_flags);
Subcommand add_list(cli::Command program);
Subcommand add_run(cli::Command program);
Subcommand add_replay(cli::Command program);
Subcommand add_show(cli::Command program);
Subcommand add_diff(cli::Command program);
Subcommand add_new(cli::Command program);
Subcommand add_litmus(cli::Command program);

/// The whole program. Throws nothing.
int command_main(int argc, const char* const* argv);

}  // namespace heddle::command
