// rl::atomic<T>: an atomic as Relacy tests use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "checker/relacy/atomic_proxy.hpp"
#include "checker/sync/wait_queue.hpp"

namespace rl {

namespace detail {

/// Atomics of type T get a queue for waiting threads only if the program waits for one of them: the
/// first use of `used` in a program, which instantiates it, is seen before main().
template <typename T>
struct Waits {
  static inline bool wanted = false;
  static inline const bool used = (wanted = true);
};

}  // namespace detail

/// Says what is wrong with a T that no atomic can hold, ahead of what else does not compile then.
template <typename T>
class atomic {
  static_assert(std::is_trivially_copyable_v<T>,
                "heddle's atomics hold trivially copyable values, as the standard's do: this type "
                "has a copy constructor, an assignment or a destructor of its own");
  static_assert(!std::is_trivially_copyable_v<T> || heddle::api::has_no_padding<T>,
                "heddle's atomics hold values with padding only if compiled by g++");
  static_assert(std::is_same_v<T, std::remove_cv_t<T>>,
                "heddle's atomics hold no const or volatile values, as the standard's do");

 public:
  template <typename... Args>
  explicit atomic(const Args&... /*args*/) {}
};

/// `x.load(rl::mo_acquire)` and `x($).load(rl::mo_acquire)` are the same; operators need `x($)`,
/// because an operator has no place for a source position. Without a value it is T(), as in C++20.
template <heddle::api::AtomicValue T>
class atomic<T> : public heddle::api::atomic<T> {
 public:
  // As in the standard, so that classes with atomics may have such constructors.
  // Sites, since a debug_info could be made of values: `atomic<Pair> x{{0, 0}}`.
  constexpr atomic(heddle::api::Site site = heddle::api::Site::current()) : atomic(T(), site) {}
  constexpr atomic(T initial, heddle::api::Site site = heddle::api::Site::current())
      : heddle::api::atomic<T>(initial, site) {
    if (detail::Waits<T>::wanted) new (place_ + 1) heddle::sync::wait_queue(site);
  }
  ~atomic() {
    if (detail::Waits<T>::wanted) queue().~wait_queue();
  }
  atomic(const atomic&) = delete;
  atomic& operator=(const atomic&) = delete;

  atomic_proxy<T> operator()(debug_info info) { return {*this, info}; }
  atomic_proxy_const<T> operator()(debug_info info) const { return {*this, info}; }
  operator T() const { return this->load(); }
  // As std::atomic has them; reports then know no better place than this one.
  T operator=(T value) { return (*this)($) = value; }
  T operator++() { return ++(*this)($); }
  T operator--() { return --(*this)($); }
  T operator++(int) { return (*this)($)++; }
  T operator--(int) { return (*this)($)--; }
  template <typename U>
  T operator+=(U amount) {
    return (*this)($) += amount;
  }
  template <typename U>
  T operator-=(U amount) {
    return (*this)($) -= amount;
  }
  T operator&=(T mask) { return (*this)($) &= mask; }
  T operator|=(T mask) { return (*this)($) |= mask; }
  T operator^=(T mask) { return (*this)($) ^= mask; }

  using heddle::api::atomic<T>::compare_exchange_strong;
  using heddle::api::atomic<T>::compare_exchange_weak;
  // With a position behind each order, as Relacy's macros of orders put it.
  bool compare_exchange_strong(T& expected, T desired, memory_order success, debug_info info,
                               memory_order failure, debug_info /*info*/ = {}) {
    return this->compare_exchange_strong(expected, desired, success, failure, info);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order success, debug_info info,
                             memory_order failure, debug_info /*info*/ = {}) {
    return this->compare_exchange_weak(expected, desired, success, failure, info);
  }

  bool is_lock_free() const noexcept { return true; }
  static constexpr bool is_always_lock_free = true;

  /// Sleeps while the value is `old`, until notified. A notification wakes who sleeps then, so a
  /// store without one may leave the thread asleep. Neither orders memory, as in the standard.
  void wait(T old, memory_order order = mo_seq_cst, debug_info info = debug_info::current()) const {
    while (same(this->load(order, info), old)) {
      sleepers().enqueue(info);
      if (same(this->load_before_sleep(old, order, info), old)) {
        sleepers().sleep({}, info);
      } else {
        // A thread that does not sleep takes no notification: where it did, it came later.
        heddle::api::skip_unless(sleepers().leave(info), info);
        return;
      }
    }
  }
  void notify_one(debug_info info = debug_info::current()) { notify(1, info); }
  void notify_all(debug_info info = debug_info::current()) { notify(~std::uint32_t{0}, info); }

  /// Wakes up to `most` threads that wait; returns how many.
  std::uint32_t notify(std::uint32_t most, debug_info info) {
    return most == ~std::uint32_t{0} ? sleepers().wake_all(info) : sleepers().wake(most, info);
  }

  /// For emulations that wait in their own way.
  heddle::sync::wait_queue& sleepers() const {
    static_cast<void>(&detail::Waits<T>::used);
    return queue();
  }

 private:
  heddle::sync::wait_queue& queue() const {
    return *reinterpret_cast<heddle::sync::wait_queue*>(const_cast<std::byte*>(place_ + 1));
  }
  static bool same(const T& a, const T& b) {
    return heddle::api::Operand<T>(a) == heddle::api::Operand<T>(b);
  }

  // Modelled objects hold nothing but are known by their addresses: [0] is the atomic's own, [1]
  // the queue's. As large and as aligned as Relacy's, which hold a T and a pointer: code may keep
  // marks in the low bits of a pointer to one.
  alignas(T) alignas(void*) std::byte place_[sizeof(T) < sizeof(void*) ? sizeof(void*) : sizeof(T)];
};

}  // namespace rl
