// What Ops are called in traces, and which of them are shown.
#pragma once

#include <atomic>
#include <string>

#include "checker/runtime/behaviour.hpp"

namespace heddle::record {

/// "load", "compare_exchange", ...
std::string operation_name(const runtime::Node& node);
/// "atomic", "var", "cell", ...; empty if that is told by the object's construction.
std::string object_type(const runtime::Node& node);
/// Whether the Op is an access to plain memory: its place is an instruction.
bool is_plain_memory(const runtime::Node& node);
/// Whether the Op is no step of a trace: it does nothing that is not said by steps around it.
bool is_unshown(const runtime::Node& node);
/// Whether the Op has a memory order that is worth showing.
bool has_order(const runtime::Node& node);
std::string order_name(std::memory_order order);

}  // namespace heddle::record
