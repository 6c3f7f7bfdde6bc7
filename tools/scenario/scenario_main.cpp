#include "checker/session/catalogue.hpp"
#include "tools/scenario/scenario_cli.hpp"

int main(int argc, char** argv) {
  return heddle::cli::scenario_main(heddle::catalogue(), argc, argv);
}
