#include "checker/consistency/model.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "checker/consistency/models.hpp"

namespace heddle::consistency {
namespace {

struct Entry {
  std::string_view name;
  std::unique_ptr<Model> (*make)();
  bool follows_orders;
};

constexpr std::array<Entry, 5> models = {{
    {"sc", make_sc, false},
    {"tso", make_tso, false},
    {"ra", make_ra, false},
    {"rc11", make_rc11, true},
    {"cpp20", make_cpp20, true},
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

bool follows_orders(std::string_view name) {
  return std::any_of(models.begin(), models.end(), [name](const Entry& entry) {
    return entry.name == name && entry.follows_orders;
  });
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
