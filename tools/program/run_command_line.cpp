#include "checker/hooks/start.hpp"
#include "tools/scenario/scenario_cli.hpp"

namespace heddle::hooks {

int run_command_line(const Scenario& scenario, int argc, const char* const* argv) {
  return cli::scenario_main({scenario}, argc, argv);
}

}  // namespace heddle::hooks
