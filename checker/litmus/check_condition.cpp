// Names in conditions, and what final states show.
#include <algorithm>
#include <tuple>

#include "checker/litmus/check.hpp"
#include "checker/litmus/token_reader.hpp"

namespace heddle::litmus {
namespace {

/// The order of herd7: registers by thread and name, then objects by name.
auto key(const Location& location) {
  return std::make_tuple(!location.is_register, location.thread, std::string_view(location.name));
}

void add(Test& test, const Location& location) {
  if (!location.is_register) {
    if (find_object(test, location.name) == unresolved) {
      throw Error(location.at, "there is no object " + quoted(location.name));
    }
  } else {
    const Thread* const thread = find_thread(test, location.thread);
    if (thread == nullptr) {
      throw Error(location.at, "there is no thread P" + std::to_string(location.thread));
    }
    if (find_register(*thread, location.name) == unresolved) {
      throw Error(location.at, "thread P" + std::to_string(location.thread) + " has no register " +
                                   quoted(location.name));
    }
  }
  test.observed.push_back(location);
}

bool before(const Location& a, const Location& b) { return key(a) < key(b); }
bool same(const Location& a, const Location& b) { return key(a) == key(b); }

/// Sorts what stands behind the first `from`, each once.
void sort(std::vector<Location>& locations, std::size_t from) {
  const auto begin = locations.begin() + static_cast<std::ptrdiff_t>(from);
  std::sort(begin, locations.end(), before);
  locations.erase(std::unique(begin, locations.end(), same), locations.end());
}

/// The place of the location in test.observed, or `unresolved`.
std::uint32_t find(const Test& test, const Location& location) {
  const auto begin = test.observed.begin();
  const auto middle = begin + static_cast<std::ptrdiff_t>(test.shown);
  const auto found = std::lower_bound(begin, middle, location, before);
  if (found != middle && same(*found, location)) return static_cast<std::uint32_t>(found - begin);
  const auto hidden = std::lower_bound(middle, test.observed.end(), location, before);
  if (hidden == test.observed.end() || !same(*hidden, location)) return unresolved;
  return static_cast<std::uint32_t>(hidden - begin);
}

template <typename Action>
void each_location(Proposition& proposition, const Action& action) {
  if (proposition.kind == PropositionKind::equals_value) action(proposition.left);
  if (proposition.kind == PropositionKind::equals_location) {
    action(proposition.left);
    action(proposition.right);
  }
  for (Proposition& operand : proposition.operands) each_location(operand, action);
}

}  // namespace

void check_condition(Test& test) {
  const auto collect = [&](const Location& location) { add(test, location); };
  each_location(test.condition, collect);
  for (const Location& location : test.locations) collect(location);
  sort(test.observed, 0);
  test.shown = test.observed.size();
  if (test.filter) {
    each_location(*test.filter, [&](const Location& location) {
      if (find(test, location) == unresolved) add(test, location);
    });
    sort(test.observed, test.shown);
  }
  const auto registers = std::count_if(test.observed.begin(), test.observed.end(),
                                       [](const Location& each) { return each.is_register; });
  if (registers > most_saved) {
    throw Error(test.observed.front().at, "the conditions name more than 256 registers");
  }
  const auto resolve = [&](Location& location) { location.slot = find(test, location); };
  each_location(test.condition, resolve);
  if (test.filter) each_location(*test.filter, resolve);
}

}  // namespace heddle::litmus
