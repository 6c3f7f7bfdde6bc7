// The kernel's atomic accesses and barriers, in terms of C++ memory orders.
//
// "Fully ordered" (Documentation/atomic_t.txt, 6.1: "is like having an smp_mb() before and an
// smp_mb() after the primitive") is written out as just that: seq_cst fence, read-modify-write,
// seq_cst fence. A seq_cst read-modify-write alone would be weaker: in C++ it does not order the
// relaxed accesses around it. The one between the fences is acq_rel, because fences order what
// stands before and behind them, but not the access between: whoever drops the last reference and
// frees the counter must come after the decrements by others themselves.
#pragma once

#include <type_traits>

#include "checker/api/atomic.hpp"
#include "checker/api/control.hpp"

namespace kernel {

using heddle::api::Site;
using atomic_t = heddle::api::atomic<int>;
using atomic_long_t = heddle::api::atomic<long>;

template <typename T>
T READ_ONCE(const heddle::api::atomic<T>& x, Site site = Site::current()) {
  return x.load(std::memory_order_relaxed, site);
}

template <typename T>
void WRITE_ONCE(heddle::api::atomic<T>& x, std::type_identity_t<T> value,
                Site site = Site::current()) {
  x.store(value, std::memory_order_relaxed, site);
}

template <typename T>
T smp_load_acquire(const heddle::api::atomic<T>& x, Site site = Site::current()) {
  return x.load(std::memory_order_acquire, site);
}

template <typename T>
void smp_store_release(heddle::api::atomic<T>& x, std::type_identity_t<T> value,
                       Site site = Site::current()) {
  x.store(value, std::memory_order_release, site);
}

inline void smp_mb(Site site = Site::current()) {
  heddle::api::fence(std::memory_order_seq_cst, site);
}

/// C++ has no fence for stores alone: this one also keeps earlier loads before later stores.
inline void smp_wmb(Site site = Site::current()) {
  heddle::api::fence(std::memory_order_release, site);
}

/// Waits until `condition(value)` holds and returns that value, acquired.
template <typename T, typename Condition>
T smp_cond_load_acquire(const heddle::api::atomic<T>& x, Condition condition,
                        Site site = Site::current()) {
  T value{};
  heddle::api::await(
      [&] {
        value = x.load(std::memory_order_acquire, site);
        return condition(value);
      },
      site);
  return value;
}

template <typename T>
T xchg(heddle::api::atomic<T>& x, std::type_identity_t<T> value, Site site = Site::current()) {
  smp_mb(site);
  const T before = x.exchange(value, std::memory_order_acq_rel, site);
  smp_mb(site);
  return before;
}

/// Stores `value` if x is `expected`, else updates `expected`. Returns whether it stored.
///
/// A failed cmpxchg orders nothing. The barrier behind belongs to success alone; the one in front
/// can't, because C++ does not tell beforehand. That hides nothing where the caller goes round
/// again, since the attempt that succeeds has both barriers anyway, nor where it could have read at
/// once what it failed with. Any other caller that acts on a failure is ordered more than in the
/// kernel (KernelLimits.FailedCmpxchgIsABarrier); of the model only task_work_cancel() is one.
template <typename T>
bool try_cmpxchg(heddle::api::atomic<T>& x, T& expected, std::type_identity_t<T> value,
                 Site site = Site::current()) {
  smp_mb(site);
  if (!x.compare_exchange_strong(expected, value, std::memory_order_acq_rel,
                                 std::memory_order_relaxed, site)) {
    return false;
  }
  smp_mb(site);
  return true;
}

/// Read-modify-writes that return nothing order nothing.
template <typename T>
void atomic_inc(heddle::api::atomic<T>& x, Site site = Site::current()) {
  x.fetch_add(1, std::memory_order_relaxed, site);
}

/// Returns whether the result is zero; fully ordered.
template <typename T>
bool atomic_dec_and_test(heddle::api::atomic<T>& x, Site site = Site::current()) {
  smp_mb(site);
  const T before = x.fetch_sub(1, std::memory_order_acq_rel, site);
  smp_mb(site);
  return before == 1;
}

/// Returns the bit's old value. Fully ordered whether or not it was set (Documentation/
/// atomic_bitops.txt, 6.1; before 6.0 the generic version gave no order for a bit that was set).
template <typename T>
bool test_and_set_bit(unsigned bit, heddle::api::atomic<T>& x, Site site = Site::current()) {
  const T mask = T{1} << bit;
  smp_mb(site);
  const T before = x.fetch_or(mask, std::memory_order_acq_rel, site);
  smp_mb(site);
  return (before & mask) != 0;
}

}  // namespace kernel
