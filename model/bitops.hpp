// Barriers and operations on bits and counters that only some protocols need.
#pragma once

#include "model/atomics.hpp"

namespace kernel {

/// Keeps earlier loads before later loads and stores; the kernel's orders loads alone.
inline void smp_rmb(Site site = Site::current()) {
  heddle::api::fence(std::memory_order_acquire, site);
}

/// Makes an acquire of a load that a branch has depended on (include/asm-generic/barrier.h, 6.1).
inline void smp_acquire__after_ctrl_dep(Site site = Site::current()) { smp_rmb(site); }

inline void smp_mb__after_atomic(Site site = Site::current()) { smp_mb(site); }

// Operations that return nothing order nothing (Documentation/atomic_bitops.txt, 6.1).

template <typename T>
void set_bit(unsigned bit, heddle::api::atomic<T>& x, Site site = Site::current()) {
  x.fetch_or(T{1} << bit, std::memory_order_relaxed, site);
}

template <typename T>
void clear_bit(unsigned bit, heddle::api::atomic<T>& x, Site site = Site::current()) {
  x.fetch_and(~(T{1} << bit), std::memory_order_relaxed, site);
}

template <typename T>
bool test_bit(unsigned bit, const heddle::api::atomic<T>& x, Site site = Site::current()) {
  return (READ_ONCE(x, site) >> bit & 1) != 0;
}

/// One more, unless there is none: false then, and nothing is ordered. Fully ordered else
/// (Documentation/atomic_t.txt, 6.1).
template <typename T>
bool atomic_inc_not_zero(heddle::api::atomic<T>& x, Site site = Site::current()) {
  T old = READ_ONCE(x, site);
  do {
    if (old == 0) return false;
  } while (!try_cmpxchg(x, old, old + 1, site));
  return true;
}

}  // namespace kernel
