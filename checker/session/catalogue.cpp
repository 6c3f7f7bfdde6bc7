#include "checker/session/catalogue.hpp"

#include <utility>

#include "checker/symbols/source_text.hpp"

namespace heddle {
namespace {

// A local static, because scenarios register while namespace-scope variables are still being
// initialised.
std::vector<Scenario>& scenarios() {
  static std::vector<Scenario> all;
  return all;
}

}  // namespace

const std::vector<Scenario>& catalogue() { return scenarios(); }

bool add_scenario(Scenario scenario, const char* source_root) {
  symbols::set_source_root(source_root);
  scenarios().push_back(std::move(scenario));
  return true;
}

}  // namespace heddle
