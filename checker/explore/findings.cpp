// Violations as events of the graph and in words.
#include <string>

#include "checker/explore/execution.hpp"
#include "checker/explore/idle.hpp"
#include "checker/explore/values.hpp"

namespace heddle::explore {

using graph::Event;
using graph::EventKind;
using graph::no_event;
using property::Attempt;
using property::Finding;
using runtime::Node;

std::optional<Finding> Execution::inspect(const Turn& turn) const {
  using enum api::OpKind;
  const Node& node = program_[turn.node];
  // Of a read-modify-write, its read goes first: only then is it known whether it writes.
  const EventId last = graph_.last(turn.thread);
  const bool half_done = last != no_event && graph_[last].kind == EventKind::read &&
                         graph_[last].rmw && graph_[last].node == turn.node;
  const bool writes = node.op.kind == write || node.op.kind == store || half_done;
  const Attempt attempt{turn.thread, node.slot, writes, node.shape,
                        node.op.place == api::Place::cell};
  switch (node.op.kind) {
    case read:
    case touch:
    case view:
    case write:
      return check_plain(graph_, attempt);
    case construct:
      return check_construct(graph_, attempt);
    case destroy:
      return check_destroy(graph_, attempt, is_mutex(node));
    case release:
      if (const auto wrong = check_release(graph_, attempt)) return wrong;
      if (const EventId object = object_in_block(node); object != no_event) {
        return Finding{ViolationKind::resource_leak, object};
      }
      return std::nullopt;
    case lock:
      return check_lock(graph_, attempt);
    case unlock:
      return check_unlock(graph_, attempt);
    case try_lock:
      return check_atomic(graph_, attempt);
    case join:
      if (!exists(static_cast<ThreadId>(node.op.operand))) return Finding{ViolationKind::misuse};
      return std::nullopt;
    default:
      if (!api::is_atomic_access(node.op.kind)) return std::nullopt;
      return check_atomic(graph_, attempt);
  }
}

/// The construction of the first object that lives in the block which `node` releases, or no_event.
EventId Execution::object_in_block(const Node& node) const {
  const auto* begin = static_cast<const std::byte*>(node.op.address);
  const Node& allocation = program_[graph_[graph_.allocated(node.slot)].node];
  const std::byte* end = begin + allocation.op.operand;
  EventId first = no_event;
  for (LocationId id = 1; id < graph_.locations(); ++id) {
    const graph::Location& location = graph_.location(id);
    if (location.coherence.empty() || location.destroyed != no_event) continue;
    const EventId construction = location.coherence.front();
    const api::Op& op = program_[graph_[construction].node].op;
    if (op.place != api::Place::object) continue;
    const void* address = op.address;
    if (address >= begin && address < end) {
      first = construction;
      end = static_cast<const std::byte*>(address);
    }
  }
  return first;
}

bool Execution::exists(ThreadId thread) const {
  if (thread >= graph_.threads()) return false;
  return thread == 0 || graph_.thread(thread).created_by != no_event;
}

/// The violation of a move that ends its thread.
Found Execution::told(const Move& move) const {
  const Node& node = program_[move.node];
  Found found{.kind = move.finding->kind, .message = {}};
  if (node.end == runtime::End::violated) {
    found.message = node.op.text == nullptr ? "" : node.op.text;
    return found;
  }
  return found.kind == ViolationKind::step_bound ? too_long() : describe(move);
}

namespace {

std::string place_of(const Node& node) {
  if (node.op.site.line == 0) return "";
  return std::string(" at ") + node.op.site.file + ":" + std::to_string(node.op.site.line);
}

}  // namespace

Found Execution::too_long() const {
  Found found{.kind = ViolationKind::step_bound, .message = {}};
  found.message = "the execution has more than " + std::to_string(steps_) + " events";
  for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
    if (ended(thread) || graph_.thread(thread).events.empty()) continue;
    const NodeId at = graph_[graph_.last(thread)].after;
    if (at == runtime::no_node || !is_idle(program_, graph_, thread, at, 2)) continue;
    found.message += "; thread " + std::to_string(thread) + " goes round a loop" +
                     place_of(program_[at]) + ", and each round " +
                     effect_of_round(program_, graph_, thread, at);
    break;
  }
  return found;
}

void Execution::shorten() {
  constexpr std::uint32_t shortest = 500;
  if (graph_.order().size() > length_) length_ = std::max(length_ / 2, std::min(length_, shortest));
}

Found Execution::polled_too_long(const Turn& turn) const {
  Found found{.kind = ViolationKind::step_bound, .message = {}};
  found.message = "thread " + std::to_string(turn.thread) + " polls in a loop" +
                  place_of(program_[turn.node]) +
                  " and may go round it any number of times: it is no wait, since each round " +
                  effect_of_round(program_, graph_, turn.thread, turn.node) +
                  "; executions with more rounds were cut. Wait with await(), a condition "
                  "variable or a loop that only reads";
  return found;
}

/// Adds the event of a move, which may be wrong.
Applied Execution::append_found(const Move& move, const Event& right, graph::SlotId slot) {
  if (!move.finding) {
    append(right, slot);
    return {};
  }
  Event event = right;
  Found violation = describe(move);
  event.violation = true;
  violation.at = append(event, slot);
  // The read may order itself behind what it conflicts with: then reading something else is wrong.
  if (event.atomic && !property::is_violation(graph_, violation.at)) return {};
  return {.found = std::move(violation)};
}

Applied Execution::end_with(const Turn& turn, Found found, bool optional) {
  Event event{.kind = EventKind::end, .thread = turn.thread, .node = turn.node};
  event.violation = true;
  event.optional = optional;
  event.value = static_cast<std::uint64_t>(found.kind);
  found.at = append(event, 0);
  return {.found = std::move(found)};
}

Found Execution::describe(const Move& move) const {
  const Node& node = program_[move.node];
  const Finding& finding = *move.finding;
  const std::string object = "'" + program_.object_name(node) + "'";
  const std::string me = "thread " + std::to_string(move.thread);
  std::string other = "another thread";
  if (finding.other != no_event) {
    other = graph_[finding.other].thread == move.thread
                ? "the same thread"
                : "thread " + std::to_string(graph_[finding.other].thread);
  }
  Found found{.kind = finding.kind, .message = {}, .other = finding.other};
  switch (finding.kind) {
    case ViolationKind::data_race:
      found.message = me + " and " + other + " access " + object +
                      " without happens-before order, and at least one access is plain";
      break;
    case ViolationKind::use_after_free:
      if (node.op.kind == api::OpKind::destroy) {
        found.message = me + " ends the life of " + object + " while " + other +
                        " may still access it: nothing orders the two";
      } else if (finding.other == no_event) {
        found.message = me + " accesses " + object +
                        ", which does not exist: no object was constructed there before";
      } else {
        found.message = me + " accesses " + object + " after " + other + " ended its life";
      }
      break;
    case ViolationKind::double_free:
      found.message = me + " frees " + object + ", which " + other + " freed before";
      break;
    case ViolationKind::uninitialised_read:
      found.message = me + " reads " + object + ", which was never written";
      break;
    case ViolationKind::unlocked_unowned:
      found.message = me + " unlocks " + object + ", which it does not hold";
      break;
    case ViolationKind::locked_twice:
      found.message = me + " locks " + object + ", which it holds already";
      break;
    case ViolationKind::destroyed_locked:
      found.message = me + " destroys " + object + ", which is held";
      break;
    case ViolationKind::resource_leak:
      found.message = me + " releases the memory of '" +
                      program_.object_name(program_[graph_[finding.other].node]) +
                      "', which was never destroyed";
      break;
    default:
      found.message = me + misuse(node, finding);
  }
  return found;
}

/// How the Op uses the API wrongly, as the rest of a sentence about the thread.
std::string Execution::misuse(const Node& node, const Finding& finding) const {
  const std::string object = "'" + program_.object_name(node) + "'";
  if (node.op.kind == api::OpKind::join) {
    return " joins thread " + std::to_string(node.op.operand) + ", which does not exist";
  }
  if (node.op.kind == api::OpKind::construct) {
    return " constructs " + object + " where an object lives already";
  }
  if (node.op.kind == api::OpKind::release) return " releases memory that is no allocated block";
  return " takes " + object + " for " + runtime::shape_name(node.shape) + ", but it is " +
         runtime::shape_name(graph_[finding.other].shape) +
         ": an object is accessed as a whole and in one way";
}

}  // namespace heddle::explore
