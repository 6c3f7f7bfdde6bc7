// One execution in the making: the graph, where each thread stands, and what it may do next.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/consistency/model.hpp"
#include "checker/explore/move.hpp"
#include "checker/explore/revisit_stack.hpp"
#include "checker/explore/variant.hpp"
#include "checker/graph/graph.hpp"
#include "checker/runtime/program.hpp"

namespace heddle::explore {

/// What a value does to the thread that reads it.
enum class Outcome : std::uint8_t {
  goes_on,
  waits,       // the thread is back at this very Op: the read failed and had no effect
  ends_round,  // the last load of a round of several: the round failed
};

/// All that drives an execution does so by moves: it asks whose turn it is (next() or turn_of()),
/// for the ways to take it (moves(), revisits()), and applies one. mark() and undo() go back.
class Execution {
 public:
  /// A graph to go back to. Marks are undone in opposite sequence.
  struct Mark {
    std::size_t order = 0;
    graph::Graph::Mark graph;
    std::size_t revisits = 0;
    bool placing = false;
  };

  /// `spurious`: weak operations may fail for no reason. `steps`: the most events, 1 to 60,000.
  Execution(runtime::Program& program, const consistency::Model& model, bool spurious,
            std::uint32_t steps, Variant variant = {});
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  const graph::Graph& graph() const { return graph_; }
  runtime::Program& program() { return program_; }
  const runtime::Program& program() const { return program_; }
  const consistency::Model& model() const { return model_; }

  /// The lowest-numbered thread that can go on. A step that is half done goes first, awaits go
  /// last.
  Turn next();
  /// The turn of one thread, which has not ended; kind none if it can't go on.
  Turn turn_of(ThreadId thread);
  bool ended(ThreadId thread) const;
  bool has_invariants() const { return has_invariants_; }
  /// The state in which the thread waits for a reply; only for threads that have not ended.
  NodeId state_of(ThreadId thread);

  /// Appends the ways to take a turn, without revisits. Best first: newest write, last position. A
  /// turn of kind single and one that is a violation have one way. A write of a read-modify-write
  /// has none if another one took its place.
  void moves(const Turn& turn, std::vector<Move>& out);
  /// Appends the revisits that a turn of kind write opens; none of other turns. Not to be asked
  /// for a turn whose move is a violation: that does not happen.
  void revisits(const Turn& turn, std::vector<Move>& out);
  /// Appends the ways of a thread that waits to write where others wrote: for a lock, or in a
  /// compare_exchange loop.
  void conflict_moves(ThreadId thread, std::vector<Move>& out);
  /// The only way to take the turn, if it is of kind single or a violation that ends the thread.
  std::optional<Move> forced(const Turn& turn) const;
  /// The turn, of kind read, done with this write, whether it is one of its moves or not. `kind`:
  /// read, spurious, stuck, failing.
  Move reading(const Turn& turn, Move::Kind kind, EventId write) const;

  /// Takes the step. A revisit deletes what it deletes; the write's turn is next, and its moves are
  /// those that it has in the graph that is left.
  Applied apply(const Move& move);
  Mark mark() const;
  /// Takes away all that was added since, and puts back what was deleted.
  void undo(const Mark& mark);
  /// Ends the thread with a violation that the caller knows of. `optional`: the thread might have
  /// gone on.
  Applied end_with(const Turn& turn, Found found, bool optional = false);

  /// Has executions from now on end earlier: one was too long, so nothing will be proven, and what
  /// is to be found is found sooner in short ones. Not below some hundred events.
  void shorten();

  /// At the end: adds the failing accesses of threads that wait, where they are errors.
  void add_failing_accesses(const std::function<void(const Found&)>& tell);

  /// Whether the move puts a store last in the coherence order, which every model admits.
  bool is_last_place(const Move& move) const;
  /// Whether the model lets a turn of kind read read `write`, which some moves leave out as
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
  friend class Detour;

  Move first_move(const Turn& turn) const;
  EventId visible_write(ThreadId thread, LocationId location) const;
  void describe_access(const Move& move, graph::Event& event);
  std::string visible_values(const Move& move) const;
  bool may_read(const Turn& turn);
  bool ends_thread(const Turn& turn) const;
  bool admits(EventId event, const graph::Extent& extent) const;
  bool admitted(const Turn& turn, EventId write);
  void read_moves(const Turn& turn, const std::optional<property::Finding>& finding,
                  std::vector<Move>& out);
  void write_moves(const Turn& turn, const std::optional<property::Finding>& finding,
                   std::vector<Move>& out) const;
  void value_moves(const Turn& turn, std::vector<Move>& out) const;
  graph::Event make_read(const Turn& turn, EventId write, bool spurious) const;
  graph::Event make_write(const Turn& turn) const;
  EventId append(const graph::Event& event, graph::SlotId slot);
  Applied append_found(const Move& move, const graph::Event& right, graph::SlotId slot);
  Applied add_single(const Move& move);
  Applied add_write(const Move& move);
  Applied add_revisiting(const Move& move);
  Applied add_revisited(const Move& revisit, EventId write);
  bool exists(ThreadId thread) const;
  bool is_wrong_to_read(const Turn& turn, EventId construction) const;
  EventId wrongly_awaited(const Turn& turn);
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
  void cut_idle_rounds(const Turn& turn, std::size_t first, std::vector<Move>& out) const;
  Found told(const Move& move) const;
  Found too_long() const;
  Found polled_too_long(const Turn& turn) const;
  Found describe(const Move& move) const;
  std::string misuse(const runtime::Node& node, const property::Finding& finding) const;

  runtime::Program& program_;
  const consistency::Model& model_;
  graph::Graph graph_;
  RevisitStack revisits_{graph_};
  bool spurious_;
  std::uint32_t steps_;   // as it was asked for
  std::uint32_t length_;  // at most so many events now: less where an execution was cut
  Variant variant_;
  std::uint64_t events_ = 0;
  bool has_invariants_ = false;
  std::size_t most_states_ = 1 << 14;
  std::vector<Move> scratch_;  // spares allocations
};

}  // namespace heddle::explore
