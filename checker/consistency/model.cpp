#include "checker/consistency/model.hpp"

#include <stdexcept>

#include "checker/consistency/models.hpp"

namespace heddle::consistency {

const std::vector<std::string>& model_names() {
  static const std::vector<std::string> names = {"sc", "rc11"};
  return names;
}

std::unique_ptr<Model> make_model(std::string_view name) {
  if (name == "sc") return make_sc();
  if (name == "rc11") return make_rc11();
  std::string known;
  for (const auto& each : model_names()) known += (known.empty() ? "" : ", ") + each;
  throw std::invalid_argument("unknown memory model '" + std::string(name) +
                              "'; there are: " + known);
}

}  // namespace heddle::consistency
