// No wake-up is lost: what the standard says of waiting and notifying ([atomics.wait]) beyond the
// accesses that it is made of.
#pragma once

#include "checker/graph/graph.hpp"

namespace heddle::consistency {

/// A thread sleeps on an object because it read X there, and another thread notifies. If a later
/// write Y of the object happens before the notification, the sleeper must not miss it: if it came
/// into the queue later, be it since it was just woken, it must not have read X any more:
///
///   irreflexive(hb; [for_sleepers]; fr(queue); [queued]; po; [before_sleep]; fr(object))
///
/// Where a notification wakes only another thread, this loses nothing: the sleeper may have come
/// into the queue before as well. That is all: sleeping and notifying order no memory otherwise.
/// `event` was just added last in its thread; only the part of the graph in `extent` counts.
bool loses_wake_up(const graph::Graph& graph, graph::EventId event, const graph::Extent& extent);

}  // namespace heddle::consistency
