// The subcommands of `heddle`: each has a file of its own.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace heddle::command {

/// A subcommand on the command line, and what it does. `run` returns the exit status.
struct Subcommand {
  CLI::App* app;
  std::function<int()> run;
};

Subcommand add_list(CLI::App& app);
Subcommand add_run(CLI::App& app);
Subcommand add_replay(CLI::App& app);
Subcommand add_show(CLI::App& app);
Subcommand add_diff(CLI::App& app);
Subcommand add_new(CLI::App& app);
Subcommand add_litmus(CLI::App& app);

/// The whole program. Throws nothing.
int command_main(int argc, const char* const* argv);

}  // namespace heddle::command
