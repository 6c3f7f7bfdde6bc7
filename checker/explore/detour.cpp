#include "checker/explore/detour.hpp"

#include <algorithm>

namespace heddle::explore {

Detour::Detour(Execution& execution)
    : execution_(execution),
      graph_(execution.graph_),
      order_(graph_.order()),
      mark_(graph_.mark()) {}

Detour::~Detour() {
  for (; !log_.empty(); log_.pop_back()) {
    const auto [id, added] = log_.back();
    added ? graph_.detach(id) : graph_.attach(id);
  }
  graph_.set_order(0, order_.data(), order_.size());
  graph_.release(mark_);
}

Applied Detour::apply(const Move& move) {
  const std::size_t before = graph_.order().size();
  Applied applied = execution_.apply(move);
  for (std::size_t i = before; i < graph_.order().size(); ++i) {
    log_.emplace_back(graph_.order()[i], true);
  }
  return applied;
}

void Detour::take_back(EventId event) {
  const ThreadId thread = graph_[event].thread;
  std::vector<EventId> order = graph_.order();
  for (EventId id = graph::no_event; id != event;) {
    id = graph_.last(thread);
    graph_.detach(id);
    log_.emplace_back(id, false);
    order.erase(std::find(order.begin(), order.end(), id));
  }
  graph_.set_order(0, order.data(), order.size());
}

}  // namespace heddle::explore
