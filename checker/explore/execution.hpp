// One execution in the making: the graph, where each thread stands, and what it may do next.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/consistency/model.hpp"
#include "checker/explore/variant.hpp"
#include "checker/graph/graph.hpp"
#include "checker/property/access.hpp"
#include "checker/runtime/program.hpp"

namespace heddle::explore {

using graph::EventId;
using graph::LocationId;
using graph::NodeId;
using graph::ThreadId;

/// What a value does to the thread that reads it.
enum class Outcome : std::uint8_t {
  goes_on,
  waits,       // the thread is back at this very Op: the read failed and had no effect
  ends_round,  // the last load of a round of several: the round failed
};

/// One way to add a thread's next event.
struct Choice {
  enum class Kind : std::uint8_t {
    read,      // of `event`
    spurious,  // the same, but the weak compare_exchange fails
    stuck,     // the wait reads `event`, fails, and goes no further
    failing,   // the same; to read `event` is an error
    conflict,  // a read-modify-write of `event`, which another one follows already: only revisits
               // go on
    place,     // at coherence position `position`
    revisit,   // of the read `event` by the new write
    value,     // `position` is the value chosen
  };
  Kind kind;
  EventId event = graph::no_event;
  std::uint32_t position = 0;
  ThreadId thread = 0;  // of conflicts
  bool flawed = false;  // the access is a violation, whatever it reads
  bool spurious =
      false;  // of a revisit: the weak compare_exchange fails although it reads its value
};

/// Whose turn it is.
struct Turn {
  enum class Kind : std::uint8_t { none, single, read, write, choice };
  Kind kind = Kind::none;
  ThreadId thread = 0;
  NodeId node = 0;
};

/// A violation as found, before it becomes part of a trace.
struct Found {
  ViolationKind kind{};
  std::string message;
  EventId at = graph::no_event;  // no_event: at the end of the execution
  EventId other = graph::no_event;
  std::vector<graph::Tick> part = {};  // if set: the part of the execution that it shows in
  api::Site site = {};                 // where, if not at an event
};

class Execution {
 public:
  Execution(runtime::Program& program, const consistency::Model& model, bool spurious,
            std::uint32_t steps, Variant variant = {});

  const graph::Graph& graph() const { return graph_; }
  graph::Graph& graph() { return graph_; }
  runtime::Program& program() { return program_; }
  const runtime::Program& program() const { return program_; }
  const consistency::Model& model() const { return model_; }

  /// The lowest-numbered thread that can go on. A read-modify-write that is half done goes first,
  /// awaits go last.
  Turn next();
  /// The turn of one thread; kind none if it can't go on.
  Turn turn_of(ThreadId thread);
  bool ended(ThreadId thread) const;
  bool has_invariants() const { return has_invariants_; }
  /// The state in which the thread waits for a reply; only for threads that have not ended.
  NodeId state_of(ThreadId thread);

  /// Adds the next event of a turn of kind single. Sets *found if that is a violation: then the
  /// thread has ended.
  void add_single(const Turn& turn, std::optional<Found>* found);
  /// Whether the turn is a violation that ends its thread; if so that is added. Else *flawed says
  /// whether the access is a violation, to be added like any other: copy it to Choice::flawed.
  bool add_violation(const Turn& turn, std::optional<Found>* found, bool* flawed);
  /// Whether the turn's access, as the graph is now, is such a violation.
  bool is_flawed(const Turn& turn) const { return inspect(turn).has_value(); }
  /// Ends the thread with a violation.
  void end_with(const Turn& turn, Found found, std::optional<Found>* out);

  /// The ways to do a turn of kind read, write or choice, without revisits. Best first: newest
  /// write, last position.
  void read_choices(const Turn& turn, std::vector<Choice>& out);
  void write_choices(const Turn& turn, std::vector<Choice>& out) const;
  void value_choices(const Turn& turn, std::vector<Choice>& out) const;
  /// Conflicts of a thread that waits to write where others wrote: for a lock, or in a
  /// compare_exchange loop.
  void conflict_choices(ThreadId thread, std::vector<Choice>& out);

  /// Adds the event. False (and nothing added) if the model does not admit it.
  bool add(const Turn& turn, const Choice& choice, std::optional<Found>* found);

  /// At the end: adds the failing accesses of threads that wait, where they are errors.
  void add_failing_accesses(const std::function<void(const Found&)>& tell);

  /// Whether the choice puts a store last in the coherence order, which every model admits.
  bool is_last_place(const Turn& turn, const Choice& choice) const;

  /// The reads that the turn's write, not yet added, revisits.
  void revisits(const Turn& turn, std::vector<Choice>& out);
  /// Adds the deleted read `former` again, as a reader of `write`, at its `place` in the order.
  /// False (and nothing added) if the model does not admit it or the wait that it is would not end.
  bool add_revisited(EventId former, std::size_t place, EventId write, bool spurious,
                     std::optional<Found>* found);

  /// Whether the model lets a turn of kind read read `write`, which some choices leave out as
  /// redundant.
  bool may_read_from(const Turn& turn, EventId write);

  /// Whether a weak compare_exchange (or its like) may fail, on request, although it reads what it
  /// expects.
  bool may_fail_spuriously(NodeId node, std::uint64_t value);

  /// What reading `value` does to the thread at `node`.
  Outcome outcome(NodeId node, std::uint64_t value);
  /// Keeps the memory for thread behaviour bounded: forgets states that no event refers to if there
  /// are many. `more` lists states that the caller refers to.
  void forget_states(std::vector<NodeId> more);

  /// Events added so far, over all branches.
  std::uint64_t events() const { return events_; }

 private:
  EventId visible_write(ThreadId thread, LocationId location) const;
  void describe_access(const Turn& turn, graph::Event& event);
  std::string visible_values(const Turn& turn) const;
  bool may_read(const Turn& turn);
  bool ends_thread(const Turn& turn) const;
  bool admits(EventId event, const graph::Extent& extent) const;
  bool admitted(const Turn& turn, EventId write);
  graph::Event make_read(const Turn& turn, EventId write, bool spurious) const;
  graph::Event make_write(const Turn& turn) const;
  EventId append(const graph::Event& event, graph::SlotId slot);
  void append_read(const Turn& turn, const graph::Event& event, bool flawed,
                   std::optional<Found>* found);
  bool exists(ThreadId thread) const;
  bool is_wrong_to_read(const Turn& turn, EventId construction) const;
  EventId wrongly_awaited(const Turn& turn);
  EventId append_flawed(const Turn& turn, graph::Event event, graph::SlotId slot,
                        const property::Finding& finding, std::optional<Found>* found);
  std::uint32_t floor(ThreadId thread, LocationId location) const;
  std::optional<graph::Event> revisited(EventId former, EventId write, bool spurious);
  bool maximally_added(EventId event, const graph::Tick* prefix);
  bool maximal_read(EventId read, const graph::Tick* prefix);
  bool maximal_stuck(EventId stuck, const graph::Extent& previous);
  bool admitted_instead(EventId stuck, EventId write, const graph::Extent& previous);
  bool maximal_write(EventId write, const graph::Tick* prefix);
  bool no_earlier_reader(const graph::Event& write) const;
  bool taken(LocationId location, std::uint32_t position, const graph::Extent& extent) const;
  EventId object_in_block(const runtime::Node& node) const;
  std::optional<property::Finding> inspect(const Turn& turn) const;
  Found describe(const Turn& turn, const property::Finding& finding) const;
  std::string misuse(const runtime::Node& node, const property::Finding& finding) const;

  runtime::Program& program_;
  const consistency::Model& model_;
  graph::Graph graph_;
  bool spurious_;
  std::uint32_t steps_;
  Variant variant_;
  std::uint64_t events_ = 0;
  bool has_invariants_ = false;
  std::size_t most_states_ = 1 << 14;
  std::vector<Choice> scratch_;  // spares allocations
};

}  // namespace heddle::explore
