// The facade: check a scenario, get a verdict.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/runtime/orders.hpp"
#include "checker/session/scenario.hpp"
#include "checker/trace/trace.hpp"

namespace heddle {

using runtime::OrderChanges;
using runtime::OrderSite;

/// What an exhaustive strategy goes through: all executions, or all states. Under a model whose
/// future depends on the state alone both give the same verdict, and there may be far fewer states.
enum class Search : std::uint8_t { graphs, states };

/// What an object held at the end of an execution: the value that is last in its coherence order.
struct FinalValue {
  std::string_view object;  // the name that api::name() gave it
  std::uint64_t value = 0;  // its bytes as in memory, the others zero
};

/// Called at the end of every complete execution with the values of all named objects, destroyed
/// ones included, in the order of their construction.
using ExecutionHook = std::function<void(const std::vector<FinalValue>&)>;

/// What it calls correct is correct under the language that people compile today.
inline constexpr const char* default_model = "cpp20";

/// How several processes share the work. Tests make it as fine as can be.
struct Sharing {
  double alone = 0.05;               // seconds that one process explores before it calls others
  double slice = 0.1;                // seconds between two reports; 0: one at each branch
  void (*before_slice)() = nullptr;  // called by each of the others
};

struct Options {
  std::string model = default_model;
  std::string strategy = "exhaustive";  // one of strategy_names()
  Search search = Search::graphs;
  bool keep_going = false;  // count all violations instead of stopping at the first
  // Look for this kind: others count as with keep_going, and the first of this one ends the run.
  std::optional<ViolationKind> wanted = {};
  // Behind the first violation, look for a simpler one in so many more executions.
  std::uint64_t simplest = 0;
  bool explain = false;     // say in the counterexample why it is possible (checker/explain)
  bool spurious = false;    // explore spurious failures of weak compare_exchange
  bool self_check = false;  // run every complete execution again from its start and compare
  // Explore once more in other ways, which leave less out, and compare; so does a non-empty
  // environment variable HEDDLE_PARANOID.
  bool paranoid = false;
  /// Processes that explore side by side, 1 to 1000. The result is the same for any number.
  unsigned jobs = 1;
  Sharing sharing = {};
  /// A file that all that is left is written to, every so many seconds and when the exploration is
  /// ended before its end; empty: none. It is removed when nothing is left.
  std::string checkpoint;
  double checkpoint_every = 60;
  bool resumes = false;  // goes on with what is in the file
  /// Told of what went wrong meanwhile, in a sentence, and ends nothing.
  std::function<void(const std::string&)> on_problem = {};
  std::uint64_t seed = 1;  // of the random strategy
  std::uint64_t executions =
      0;               // at most so many, blocked ones included; 0: no limit (random: 10,000)
  double seconds = 0;  // at most so long; 0: no limit
  // With Search::states: at most so many bytes for the states that were met; 0: no limit.
  std::uint64_t memory = 0;
  std::uint32_t steps = 10'000;  // at most so many events in one execution, 1 to 60,000
  Settings settings;             // parameters that differ from their initial values
  ExecutionHook on_complete = {};
  bool list_orders = false;  // tell in the Result where the scenario gives memory orders
  OrderChanges orders = {};  // what to take in their place; a counterexample can't be replayed then
};

struct Counts {
  std::uint64_t complete = 0;   // executions that ended with every property kept
  std::uint64_t blocked = 0;    // cut off by assume() or given up as redundant
  std::uint64_t violating = 0;  // executions that violate a property
  std::uint64_t cut = 0;        // executions that were cut: too long, or polling without an end

  std::uint64_t sum() const { return complete + blocked + violating + cut; }
};

/// A place where the scenario gives a memory order.
struct OrderUse {
  OrderSite site;
  std::string operation;             // "load", "fence", ...
  std::vector<std::string> objects;  // names of what is accessed there, sorted; none of a fence
};

struct Result {
  Verdict verdict = Verdict::incomplete;
  Counts executions;
  std::uint64_t events = 0;  // added to graphs over the whole exploration
  std::uint64_t states = 0;  // with Search::states: how many there are; executions are then those
                             // that show how the threads end, one for each last state
  double seconds = 0;
  // The counts are those of all executions. Else the run ended at a limit, which is the reason, or
  // because it had found what it looked for.
  bool whole = false;
  std::string reason;  // for incomplete, or counts that were cut off: which limit was hit, in
                       // words; or why nothing was checked
  std::uint64_t looked_at = 0;  // with Options::simplest: executions from the first violation on
  // What the exploration left out, each as a clause: "at most one time-out per wait".
  std::vector<std::string> bounds;
  std::optional<trace::Trace> counterexample;  // of the first or simplest violation, of the step
                                               // bound; of a replay: the execution
  // With Options::explain: the execution that differs from the counterexample in one read, and in
  // what follows from it, and violates nothing. None if no such read was found.
  std::optional<trace::Trace> nearest;
  std::vector<OrderUse> orders;  // with Options::list_orders: the sites met, in order of OrderSite
};

/// What a long run tells while it goes on.
struct Progress {
  Counts executions;
  double seconds = 0;
  double explored = 0;  // estimated fraction of the search that is done, 0 to 1
};

/// Called about ten times a second; returning false ends the run as incomplete ("interrupted").
using ProgressHook = std::function<bool(const Progress&)>;

/// Names of the memory models, weakest last.
const std::vector<std::string>& model_names();

/// Names of the strategies, the default first.
std::vector<std::string> strategy_names();

/// Whether a strategy that came to its end has seen every execution. Throws std::invalid_argument
/// for a name that is no strategy's.
bool is_exhaustive(const std::string& strategy);

/// Whether the model takes each access with the memory order that the program gives; else it takes
/// all accesses alike. False for a name that is no model's.
bool follows_orders(const std::string& model);

/// Names of the memory models that Search::states knows.
const std::vector<std::string>& models_with_states();

/// Explores `scenario`. Throws std::invalid_argument with a clear sentence for an unknown model,
/// strategy or parameter, a model without states for Search::states, or a value out of range;
/// everything that goes wrong in the scenario is in the Result.
Result check(const Scenario& scenario, const Options& options, const ProgressHook& progress = {});

/// Called at each step of an execution, with its number, on the stack of the thread that does it.
using StepHook = std::function<void(std::uint32_t)>;

/// Runs the execution of `trace` again. Returns its Result, whose counterexample has the same
/// steps, and explains it again if the trace has an explanation. With `at_step` the threads then
/// run once more, in the order of the trace, and stop by there just before each step: for a
/// debugger. Throws std::runtime_error with a clear sentence if the trace does not fit the
/// scenario.
Result replay(const Scenario& scenario, const trace::Trace& trace, const StepHook& at_step = {});

}  // namespace heddle
