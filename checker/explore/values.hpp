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

/// Whether the Op is an access to plain memory: its place is an instruction.
bool is_plain_memory(const runtime::Node& node);
/// Whether the Op is no step of a trace: it does nothing that is not said by steps around it.
bool is_unshown(const runtime::Node& node);
/// Whether the Op has a memory order that is worth showing.
bool has_order(const runtime::Node& node);
std::string order_name(std::memory_order order);

}  // namespace heddle::explore
