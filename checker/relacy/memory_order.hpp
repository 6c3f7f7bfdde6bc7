// Relacy's names of the memory orders, and fences.
#pragma once

#include <atomic>

#include "checker/api/control.hpp"
#include "checker/relacy/site.hpp"

namespace rl {

using memory_order = std::memory_order;

inline constexpr memory_order mo_relaxed = std::memory_order_relaxed;
inline constexpr memory_order mo_consume = std::memory_order_consume;
inline constexpr memory_order mo_acquire = std::memory_order_acquire;
inline constexpr memory_order mo_release = std::memory_order_release;
inline constexpr memory_order mo_acq_rel = std::memory_order_acq_rel;
inline constexpr memory_order mo_seq_cst = std::memory_order_seq_cst;

// Before C++20 these are macros that smuggle the source position in. Here default arguments do
// that. No constants of their own, so that tests may use both namespaces.
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_consume;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;

/// "relaxed", "acquire", ...
constexpr const char* format(memory_order order) {
  switch (order) {
    case mo_relaxed:
      return "relaxed";
    case mo_consume:
      return "consume";
    case mo_acquire:
      return "acquire";
    case mo_release:
      return "release";
    case mo_acq_rel:
      return "acq_rel";
    case mo_seq_cst:
      return "seq_cst";
  }
  return "unknown";
}

inline void atomic_thread_fence(memory_order order, debug_info info = debug_info::current()) {
  heddle::api::fence(order, info);
}

/// Orders a thread with a signal handler that runs in it: nothing, since there are none.
inline void atomic_signal_fence(memory_order /*order*/, debug_info /*info*/ = {}) {}

}  // namespace rl
