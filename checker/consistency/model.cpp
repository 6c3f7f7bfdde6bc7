#include "checker/consistency/model.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include "checker/consistency/models.hpp"

namespace heddle::consistency {
namespace {

struct Entry {
  std::string_view name;
  std::unique_ptr<Model> (*make)();
};

constexpr std::array<Entry, 5> models = {{
    {"sc", make_sc},
    {"tso", make_tso},
    {"ra", make_ra},
    {"rc11", make_rc11},
    {"cpp20", make_cpp20},
}};

}  // namespace

const std::vector<std::string>& model_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Entry& entry : models) all.emplace_back(entry.name);
    return all;
  }();
  return names;
}

std::unique_ptr<Model> make_model(std::string_view name) {
  std::string known;
  for (const Entry& entry : models) {
    if (entry.name == name) return entry.make();
    known += (known.empty() ? "" : ", ") + std::string(entry.name);
  }
  throw std::invalid_argument("unknown memory model '" + std::string(name) +
                              "'; there are: " + known);
}

}  // namespace heddle::consistency
