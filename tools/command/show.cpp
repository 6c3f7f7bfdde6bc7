// heddle show TRACE
#include <CLI/CLI.hpp>
#include <memory>

#include "checker/report/report.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/command/commands.hpp"

namespace heddle::command {

Subcommand add_show(CLI::App& app) {
  CLI::App* command = app.add_subcommand("show", "Print a saved trace without running anything");
  const auto path = std::make_shared<std::string>();
  command->add_option("TRACE", *path, "A file that --trace wrote")->required();
  const auto all_steps = std::make_shared<bool>(false);
  command->add_flag("--all-steps", *all_steps, "Fold nothing and leave nothing out");
  return {command, [=] {
            report::Style style = cli::output_style();
            style.all_steps = *all_steps;
            cli::print(report::text(cli::read_trace(*path), style));
            return 0;
          }};
}

}  // namespace heddle::command
