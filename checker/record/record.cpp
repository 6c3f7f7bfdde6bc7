#include "checker/record/record.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "checker/explore/linearise.hpp"
#include "checker/explore/values.hpp"
#include "checker/record/names.hpp"
#include "checker/record/shown_values.hpp"
#include "checker/symbols/call_place.hpp"
#include "checker/symbols/code_place.hpp"
#include "checker/symbols/source_text.hpp"

namespace heddle::record {
namespace {

using explore::Cut;
using explore::is_mutex;
using explore::linearise;
using explore::Order;
using explore::whole;
using graph::Event;
using graph::EventId;
using graph::EventKind;
using graph::Graph;
using graph::no_event;
using graph::ThreadId;
using graph::Tick;
using runtime::Node;
using trace::Step;

/// A step has both events of a read-modify-write.
bool is_second_half(const Event& event) { return event.kind == EventKind::write && event.rmw; }

/// Whether the part of a thread ends between the two events of a read-modify-write.
bool ends_within_step(const Graph& graph, const Cut& part, ThreadId thread) {
  if (part[thread] == 0 || part[thread] >= graph.thread(thread).events.size()) return false;
  return is_second_half(graph[graph.event_at(thread, static_cast<Tick>(part[thread] + 1))]);
}

/// Where the write of a read-modify-write is a violation, its read is the same one: the step.
std::optional<Found> at_whole_step(const Graph& graph, std::optional<Found> found) {
  if (!found || found->at == no_event || !is_second_half(graph[found->at])) return found;
  const Event& write = graph[found->at];
  found->at = graph.event_at(write.thread, static_cast<Tick>(write.index - 1));
  return found;
}

/// The part of the graph that the violation needs.
Cut part_for(const Graph& graph, const std::optional<Found>& found) {
  if (found && !found->part.empty()) {
    // A memory state: a read-modify-write whose write is not in it does not belong to it.
    Cut part = found->part;
    for (ThreadId thread = 0; thread < part.size(); ++thread) {
      if (ends_within_step(graph, part, thread)) --part[thread];
    }
    return part;
  }
  if (!found || found->at == no_event) return whole(graph);
  Cut part(graph.threads(), 0);
  for (const EventId id : {found->at, found->other}) {
    if (id == no_event) continue;
    const Tick* porf = graph.clocks()[graph[id].porf];
    for (ThreadId thread = 0; thread < graph.threads(); ++thread) {
      part[thread] = std::max(part[thread], porf[thread]);
    }
  }
  // The access that comes last is cut off where it shows; all others are whole.
  for (ThreadId thread = 0; thread < graph.threads(); ++thread) {
    if (thread != graph[found->at].thread && ends_within_step(graph, part, thread)) ++part[thread];
  }
  return part;
}

/// All events; those that wait for ever, which have no effect, come last.
Order order_with_waits(const Graph& graph, Cut part) {
  std::vector<EventId> stuck;
  for (ThreadId thread = 0; thread < graph.threads(); ++thread) {
    if (part[thread] == 0 || graph[graph.last(thread)].kind != EventKind::stuck) continue;
    --part[thread];
    stuck.push_back(graph.last(thread));
  }
  Order order = linearise(graph, part, 0);
  order.events.insert(order.events.end(), stuck.begin(), stuck.end());
  return order;
}

/// The events that are shown, in the order in which they are shown.
Order shown_order(const Graph& graph, const std::optional<Found>& found) {
  Cut part = part_for(graph, found);
  if (found && found->at == no_event && found->part.empty()) return order_with_waits(graph, part);
  if (!found || found->at == no_event) return linearise(graph, part, 0);
  // Of two accesses that conflict, the one at which it shows comes last: nothing here depends on
  // it.
  const Event& at = graph[found->at];
  part[at.thread] = static_cast<Tick>(at.index - 1);
  Order order = linearise(graph, part, at.thread);
  order.events.push_back(found->at);
  return order;
}

/// Of a step in which a thread waits for ever.
constexpr const char* wait_note = "waits for ever";
// Of a failing read of a wait, where that is an error by itself.
constexpr const char* failing_note = "fails, to be tried again";

/// Whole files are for viewers; a step has its own line anyway, so a few files may be left out.
constexpr std::size_t most_source_bytes = std::size_t{200} << 10U;

void embed_sources(trace::Trace& trace) {
  std::size_t bytes = 0;
  for (const Step& step : trace.steps) {
    if (step.file.empty() || trace.sources.contains(step.file)) continue;
    const std::vector<std::string>& lines = symbols::source_lines(step.file);
    std::size_t size = 0;
    for (const std::string& line : lines) size += line.size() + 1;
    if (lines.empty() || bytes + size > most_source_bytes) continue;
    bytes += size;
    trace.sources[step.file] = lines;
  }
}

class Recorder {
 public:
  explicit Recorder(Execution& execution)
      : execution_(execution),
        graph_(execution.graph()),
        program_(execution.program()),
        values_(execution.program()),
        step_at_(execution.graph().threads()) {}

  trace::Trace run(const std::optional<Found>& reported) {
    const std::optional<Found> found = at_whole_step(graph_, reported);
    if (found) at_ = found->at;
    if (found) other_ = found->other;
    const Order order = shown_order(graph_, found);
    for (const EventId id : order.events) {
      const Event& event = graph_[id];
      const bool spawns = event.kind == EventKind::spawn;
      threads_ =
          std::max(threads_, (spawns ? static_cast<ThreadId>(event.value) : event.thread) + 1);
    }
    shown_.insert(order.events.begin(), order.events.end());
    for (const EventId id : order.events) add(id);
    if (found && found->at == no_event && found->part.empty()) add_waits();
    number_coherence();
    embed_sources(trace_);
    trace_.threads.emplace_back("main");
    for (ThreadId thread = 1; thread < threads_; ++thread) {
      const std::string name = program_.thread_name(thread);
      trace_.threads.push_back(name.empty() ? "thread " + std::to_string(thread) : name);
    }
    if (found) trace_.violation = violation(*found);
    return std::move(trace_);
  }

 private:
  void add(EventId id) {
    const Event& event = graph_[id];
    if (is_second_half(event)) return add_written(id);
    const Node& node = program_[event.node];
    if (is_unshown(node) && id != at_ && id != other_) return;
    Step step;
    step.thread = event.thread;
    step.operation = operation_name(node);
    if (has_order(node))
      step.order =
          order_name(event.kind == EventKind::fence || event.atomic ? event.order : node.op.order);
    if (node.op.address != nullptr) name_object(step, node);
    const bool blocks = node.op.kind == api::OpKind::lock || node.op.kind == api::OpKind::unlock ||
                        node.op.kind == api::OpKind::try_lock;
    const bool meaningless = is_meaningless_read(id);
    if (!meaningless && (event.kind == EventKind::read || event.kind == EventKind::stuck)) {
      if (!blocks) step.read = values_.of(node, event.value);
      if (api::may_fail(node.op.kind)) step.success = event.rmw;
      step.stale = is_stale(event);
      step.spurious = event.spurious;
    }
    if (!meaningless && event.reads_from != no_event && event.kind != EventKind::join) {
      if (const auto from = steps_.find(event.reads_from); from != steps_.end()) {
        step.reads_from = from->second;
      }
    }
    if (event.kind == EventKind::write && !event.uninitialised && !blocks && !is_mutex(node)) {
      step.written = values_.of(node, event.value);
    }
    if (event.kind == EventKind::choice) step.choice = event.value;
    step.waits = event.kind == EventKind::stuck;
    if (event.kind == EventKind::spawn) step.target = static_cast<ThreadId>(event.value);
    if (node.op.kind == api::OpKind::join) step.target = static_cast<ThreadId>(node.op.operand);
    step.note = note(event, node);
    place(step, node);
    trace_.steps.push_back(std::move(step));
    note_step(id);
    trace_.steps.back().clock = clock(id);
  }

  /// Whether what the plain read reads has no meaning, since nothing orders it and a write or the
  /// end of the object's life. Only what is shown counts: a replay has nothing else.
  bool is_meaningless_read(EventId id) const {
    const Event& event = graph_[id];
    if (event.kind != EventKind::read || event.atomic) return false;
    const graph::Location& location = graph_.location(event.location);
    if (location.destroyed != no_event && shown_.contains(location.destroyed) &&
        !graph_.happens_before(id, location.destroyed)) {
      return true;
    }
    const auto& writes = location.coherence;
    return std::any_of(writes.begin(), writes.end(), [&](EventId write) {
      return shown_.contains(write) && !graph_.happens_before(write, id) &&
             !graph_.happens_before(id, write);
    });
  }

  /// At the end of the execution: where each thread waits that has not ended.
  void add_waits() {
    for (std::uint32_t i = 0; i < trace_.steps.size() && first_wait_ == 0; ++i) {
      if (trace_.steps[i].waits) first_wait_ = i + 1;
    }
    for (ThreadId thread = 0; thread < graph_.threads(); ++thread) {
      if (execution_.ended(thread)) continue;
      const graph::NodeId state = execution_.state_of(thread);
      const graph::NodeId retry = program_[state].retry;
      const Node& node = program_[retry == runtime::no_node ? state : retry];
      Step step;
      step.thread = thread;
      step.operation = operation_name(node);
      if (has_order(node)) step.order = order_name(node.op.order);
      if (node.op.address != nullptr) name_object(step, node);
      if (node.op.kind == api::OpKind::join) step.target = static_cast<ThreadId>(node.op.operand);
      step.waits = true;
      step.note = wait_note;
      place(step, node);
      step.clock = clock(graph_.last(thread));
      trace_.steps.push_back(std::move(step));
      trace_.steps.back().clock[thread] = static_cast<std::uint32_t>(trace_.steps.size());
      if (first_wait_ == 0 && thread != 0) {
        first_wait_ = static_cast<std::uint32_t>(trace_.steps.size());
      }
    }
  }

  static void place(Step& step, const Node& node) {
    symbols::CodePlace code;
    if (is_plain_memory(node)) {
      code = symbols::place_of(reinterpret_cast<const void*>(node.op.expected));
    } else if (node.stack != nullptr) {
      code = symbols::place_of_call(*node.stack);
    }
    if (is_plain_memory(node) || code.line != 0) {
      step.file = code.file;
      step.function = code.function;
      step.line = code.line;
    } else {
      step.file = node.op.site.file;
      step.function = node.op.site.function;
      step.line = node.op.site.line;
    }
    step.text = symbols::source_text(step.file, step.line);
  }

  /// The write of a read-modify-write belongs to the step of its read.
  void add_written(EventId id) {
    const Event& event = graph_[id];
    const EventId read = graph_.event_at(event.thread, static_cast<Tick>(event.index - 1));
    Step& step = trace_.steps[steps_.at(read) - 1];
    const Node& node = program_[event.node];
    const bool mutex = node.op.kind == api::OpKind::lock || node.op.kind == api::OpKind::try_lock;
    if (!mutex) step.written = values_.of(node, event.value);
    steps_[id] = steps_.at(read);
    if (event.kind == EventKind::write) writes_.emplace_back(id, steps_.at(read));
  }

  void note_step(EventId id) {
    const auto number = static_cast<std::uint32_t>(trace_.steps.size());
    steps_[id] = number;
    auto& steps = step_at_[graph_[id].thread];
    steps.resize(std::max<std::size_t>(steps.size(), graph_[id].index));
    steps[graph_[id].index - 1u] = number;
    if (graph_[id].kind == EventKind::write) writes_.emplace_back(id, number);
  }

  /// What happens-before the event, as steps. Not every event is one.
  std::vector<std::uint32_t> clock(EventId id) const {
    const Tick* ticks = graph_.clocks()[graph_[id].hb];
    std::vector<std::uint32_t> result;
    for (ThreadId thread = 0; thread < threads_; ++thread) {
      std::size_t tick = std::min<std::size_t>(ticks[thread], step_at_[thread].size());
      while (tick > 0 && step_at_[thread][tick - 1] == 0) --tick;
      result.push_back(tick == 0 ? 0 : step_at_[thread][tick - 1]);
    }
    return result;
  }

  /// Positions among the writes that are shown.
  void number_coherence() {
    for (const auto& [id, number] : writes_) {
      std::uint32_t position = 0;
      for (const EventId write : graph_.location(graph_[id].location).coherence) {
        if (write == id) break;
        position += steps_.contains(write) ? 1 : 0;
      }
      trace_.steps[number - 1].coherence = position;
    }
  }

  bool is_stale(const Event& read) const {
    const auto& coherence = graph_.location(read.location).coherence;
    for (std::size_t later = graph_[read.reads_from].coherence + 1; later < coherence.size();
         ++later) {
      if (steps_.contains(coherence[later])) return true;
    }
    return false;
  }

  void name_object(Step& step, const Node& node) {
    using enum api::OpKind;
    step.object_type = object_type(node);
    if (node.op.kind == allocate || node.op.kind == release) {
      step.object = program_.pointer_name(reinterpret_cast<std::uint64_t>(node.op.address));
      return;
    }
    step.object = unique(program_.object_name(node), node.slot);
    auto& type = types_[node.slot];
    if (step.object_type.empty()) step.object_type = type;
    type = step.object_type;
  }

  /// Who reads a trace tells objects apart by their names.
  std::string unique(const std::string& name, graph::SlotId slot) {
    for (int copy = 1;; ++copy) {
      const std::string text = copy == 1 ? name : name + " #" + std::to_string(copy);
      if (owners_.try_emplace(text, slot).first->second == slot) return text;
    }
  }

  std::string note(const Event& event, const Node& node) const {
    using enum api::OpKind;
    if (event.kind == EventKind::stuck) return event.violation ? failing_note : wait_note;
    if (event.spurious) return "fails spuriously";
    switch (node.op.kind) {
      case spawn:
        return "starts thread " + std::to_string(event.value);
      case join:
        return "thread " + std::to_string(node.op.operand) + " has ended";
      case choose:
        return "one of 0 to " + std::to_string(node.op.operand - 1);
      case allocate:
        return std::to_string(node.op.operand) + " bytes";
      case fail:
      case api::OpKind::note:
        return node.op.text == nullptr ? "" : node.op.text;
      default:
        return "";
    }
  }

  trace::Violation violation(const Found& found) {
    trace::Violation violation;
    violation.kind = found.kind;
    violation.message = found.message;
    if (const auto step = steps_.find(found.at); step != steps_.end())
      violation.step = step->second;
    if (const auto step = steps_.find(found.other); step != steps_.end()) {
      violation.other_step = step->second;
    }
    if (found.at != no_event) violation.thread = graph_[found.at].thread;
    if (found.at == no_event && found.part.empty() && first_wait_ != 0) {
      violation.step = first_wait_;
      violation.thread = trace_.steps[first_wait_ - 1].thread;
    }
    const std::uint32_t at = violation.step != 0 ? violation.step : violation.other_step;
    if (at != 0) {
      violation.file = trace_.steps[at - 1].file;
      violation.line = trace_.steps[at - 1].line;
    }
    if (found.site.line != 0) {
      violation.file = found.site.file;
      violation.line = found.site.line;
    }
    return violation;
  }

  Execution& execution_;
  const Graph& graph_;
  runtime::Program& program_;
  ShownValues values_;
  trace::Trace trace_;
  EventId at_ = no_event;  // the violation, and what it conflicts with
  EventId other_ = no_event;
  ThreadId threads_ = 1;  // those that the shown part has
  std::unordered_set<EventId> shown_;
  std::uint32_t first_wait_ = 0;
  std::unordered_map<EventId, std::uint32_t> steps_;
  std::vector<std::vector<std::uint32_t>> step_at_;  // thread, position in it -> step, or 0
  std::unordered_map<graph::SlotId, std::string> types_;
  std::unordered_map<std::string, graph::SlotId> owners_;  // of the objects' names
  std::vector<std::pair<EventId, std::uint32_t>> writes_;
};

}  // namespace

trace::Simplicity simplicity(const Execution& execution, const Found& reported) {
  const Graph& graph = execution.graph();
  const Found found = *at_whole_step(graph, reported);
  const Order order = shown_order(graph, found);
  trace::Simplicity result{.minimal = order.fewest_switches};
  ThreadId running = 0;
  for (const EventId id : order.events) {
    const Event& event = graph[id];
    if (is_second_half(event) || event.kind == EventKind::stuck) continue;
    if (is_unshown(execution.program()[event.node])) continue;
    if (result.events++ > 0 && event.thread != running) ++result.switches;
    running = event.thread;
  }
  return result;
}

trace::Trace trace_of(Execution& execution, const std::optional<Found>& found) {
  return Recorder(execution).run(found);
}

}  // namespace heddle::record
