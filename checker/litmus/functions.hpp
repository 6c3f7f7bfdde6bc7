// The functions that a thread may call: C11's operations on atomics.
#pragma once

#include <atomic>
#include <optional>
#include <string_view>

#include "checker/api/op.hpp"
#include "checker/litmus/position.hpp"

namespace heddle::litmus {

/// How a function is called. Each character of `arguments` is one argument: o an object, v a value,
/// e where the expected value is, m a memory order.
struct Function {
  api::OpKind kind = api::OpKind::load;
  std::string_view arguments;
  bool weak = false;
};

/// The function of that name, or null if there is none.
std::optional<Function> find_function(std::string_view name);

/// Whether it returns nothing: stores and fences.
bool returns_nothing(api::OpKind kind);

/// The order that "memory_order_acquire" names. Throws Error at `at` if it is none, or consume,
/// which C++20 and herd7 define differently.
std::memory_order find_order(std::string_view name, Position at);

/// Throws Error at `at` if C11 forbids the operation with that order, e.g. a load with release.
/// `failed`: it is the order of a compare_exchange that fails.
void check_order(api::OpKind kind, std::memory_order order, bool failed, Position at);

}  // namespace heddle::litmus
