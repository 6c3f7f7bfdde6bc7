// Finds out which memory orders a scenario needs, by exploring it with others.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/session/session.hpp"

namespace heddle::orders {

/// One site whose order should be another.
struct Change {
  OrderUse use;
  std::memory_order to = std::memory_order_relaxed;
};

enum class Outcome : std::uint8_t {
  found,       // `changes` make it hold, or are those that it holds with
  none,        // it holds as written, and no order can be weaker
  hopeless,    // it is violated even with seq_cst everywhere
  incomplete,  // a limit was hit before anything was known
  broken,      // with other orders the scenario can't be checked
};

struct Report {
  /// As written it is violated, and stronger orders were tried; else it holds, and weaker ones
  /// were.
  bool strengthens = false;
  Outcome outcome = Outcome::incomplete;
  std::vector<Change> changes;  // in order of OrderSite
  std::size_t sites = 0;        // where the scenario gives an order
  /// Whether the changes are locally minimal: whole explorations showed that it holds with them,
  /// and that it is violated with any single order weaker (but no weaker than written, if it was
  /// violated as written).
  bool minimal = false;
  bool violated_under_sc = false;  // where outcome is hopeless
  std::string reason;              // what was hit or went wrong, if not everything is known
  std::uint64_t explorations = 0;  // beside the one as written
  double seconds = 0;
};

/// What a search tells while it goes on.
struct SearchProgress {
  std::uint64_t explorations = 0;  // finished ones
  Progress current;                // of the one under way
};

/// Called now and then; returning false ends the search.
using SearchHook = std::function<bool(const SearchProgress&)>;

/// Looks for a weakest assignment of orders under which `scenario` holds: stronger orders than
/// written if `as_written` is violated, weaker ones if it holds. `as_written` is the result of
/// check() with `options` and list_orders.
///
/// The search is greedy: it starts with seq_cst everywhere (or with the orders as written) and
/// weakens halves of the sites, halves of these, and so on, as long as it holds; then single sites,
/// until none can be weaker. options.seconds limits the whole search, as_written included;
/// options.executions and options.steps limit each exploration.
///
/// Throws std::invalid_argument if the model does not follow orders, the strategy is not
/// exhaustive, or `as_written` is neither holds nor violated.
Report search(const Scenario& scenario, const Options& options, const Result& as_written,
              const SearchHook& progress = {});

}  // namespace heddle::orders
