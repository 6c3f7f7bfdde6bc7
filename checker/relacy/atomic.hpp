// rl::atomic<T>: an atomic as Relacy tests use it.
#pragma once

#include "checker/relacy/atomic_proxy.hpp"

namespace rl {

/// `x.load(rl::mo_acquire)` and `x($).load(rl::mo_acquire)` are the same; operators need `x($)`,
/// because an operator has no place for a source position.
template <heddle::api::AtomicValue T>
class atomic : public heddle::api::atomic<T> {
 public:
  explicit atomic(debug_info info = debug_info::current()) : heddle::api::atomic<T>(info) {}
  atomic(T initial, debug_info info = debug_info::current())
      : heddle::api::atomic<T>(initial, info) {}

  atomic_proxy<T> operator()(debug_info info) { return {*this, info}; }
  atomic_proxy_const<T> operator()(debug_info info) const { return {*this, info}; }
};

}  // namespace rl
