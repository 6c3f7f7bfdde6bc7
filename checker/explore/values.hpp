// What Ops compute, and what they are told.
#pragma once

#include <string>

#include "checker/graph/event.hpp"
#include "checker/runtime/program.hpp"

namespace heddle::explore {

/// Whether the Op is a read-modify-write, also one that may fail: compare_exchange, lock, try_lock.
bool may_write_back(const runtime::Node& node);
/// Whether the Op, having read `value`, goes on to write: a read-modify-write, or a
/// compare_exchange that succeeds.
bool writes_back(const runtime::Node& node, std::uint64_t value);
/// What it writes then.
std::uint64_t value_written_back(const runtime::Node& node, std::uint64_t value);
/// The reply to the Op whose (first) event is `event`.
api::Reply reply_to(const runtime::Node& node, const graph::Event& event);
bool is_mutex(const runtime::Node& node);
/// Whether the Op asks for a mutex.
bool asks_for_mutex(const runtime::Node& node);

}  // namespace heddle::explore
