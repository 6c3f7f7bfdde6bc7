// What `x($)` is for an atomic x: the atomic together with the position of the access.
#pragma once

#include "checker/api/atomic.hpp"
#include "checker/relacy/memory_order.hpp"

namespace rl {

template <typename T>
class atomic;

/// The reading half; all that a const atomic has.
template <typename T>
class atomic_proxy_const {
 public:
  atomic_proxy_const(const atomic<T>& object, debug_info info) : object_(object), info_(info) {}

  T load(memory_order order = mo_seq_cst) const { return object_.load(order, info_); }
  operator T() const { return load(); }
  void wait(T old, memory_order order = mo_seq_cst) const { object_.wait(old, order, info_); }

 private:
  const atomic<T>& object_;
  debug_info info_;
};

/// Operators without an order are seq_cst, and ++ and the like are one read-modify-write, as for
/// std::atomic.
template <typename T>
class atomic_proxy {
 public:
  atomic_proxy(atomic<T>& object, debug_info info) : object_(object), info_(info) {}

  T load(memory_order order = mo_seq_cst) const { return object_.load(order, info_); }
  void store(T value, memory_order order = mo_seq_cst) { object_.store(value, order, info_); }
  T exchange(T value, memory_order order = mo_seq_cst) {
    return object_.exchange(value, order, info_);
  }

  bool compare_exchange_strong(T& expected, T desired, memory_order order = mo_seq_cst) {
    return object_.compare_exchange_strong(expected, desired, order, info_);
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order success, memory_order failure) {
    return object_.compare_exchange_strong(expected, desired, success, failure, info_);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order order = mo_seq_cst) {
    return object_.compare_exchange_weak(expected, desired, order, info_);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order success, memory_order failure) {
    return object_.compare_exchange_weak(expected, desired, success, failure, info_);
  }

  template <typename U>
  T fetch_add(U amount, memory_order order = mo_seq_cst) {
    return object_.fetch_add(amount, order, info_);
  }
  template <typename U>
  T fetch_sub(U amount, memory_order order = mo_seq_cst) {
    return object_.fetch_sub(amount, order, info_);
  }
  T fetch_and(T mask, memory_order order = mo_seq_cst) {
    return object_.fetch_and(mask, order, info_);
  }
  T fetch_or(T mask, memory_order order = mo_seq_cst) {
    return object_.fetch_or(mask, order, info_);
  }
  T fetch_xor(T mask, memory_order order = mo_seq_cst) {
    return object_.fetch_xor(mask, order, info_);
  }

  void wait(T old, memory_order order = mo_seq_cst) const { object_.wait(old, order, info_); }
  void notify_one() { object_.notify_one(info_); }
  void notify_all() { object_.notify_all(info_); }

  operator T() const { return load(); }
  T operator=(T value) {
    store(value);
    return value;
  }
  T operator++() { return static_cast<T>(fetch_add(1) + 1); }
  T operator--() { return static_cast<T>(fetch_sub(1) - 1); }
  T operator++(int) { return fetch_add(1); }
  T operator--(int) { return fetch_sub(1); }
  template <typename U>
  T operator+=(U amount) {
    return static_cast<T>(fetch_add(amount) + amount);
  }
  template <typename U>
  T operator-=(U amount) {
    return static_cast<T>(fetch_sub(amount) - amount);
  }
  T operator&=(T mask) { return static_cast<T>(fetch_and(mask) & mask); }
  T operator|=(T mask) { return static_cast<T>(fetch_or(mask) | mask); }
  T operator^=(T mask) { return static_cast<T>(fetch_xor(mask) ^ mask); }

 private:
  atomic<T>& object_;
  debug_info info_;
};

}  // namespace rl
