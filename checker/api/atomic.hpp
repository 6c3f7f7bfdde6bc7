// atomic<T>: C++20's std::atomic as a modelled object.
#pragma once

#include "checker/api/value.hpp"

namespace heddle::api {

/// An atomic object whose every access is explored by the checker.
///
/// The value lives in the checker, not in the object. Unlike std::atomic, a default-constructed
/// atomic is uninitialised, and reading it before the first store is reported: that is a bug that
/// code ported from C or from C++17 may have. memory_order::consume acts as acquire.
template <AtomicValue T>
class atomic {
 public:
  using value_type = T;

  explicit atomic(Site site = Site::current()) { construct(0, false, site); }
  atomic(T initial, Site site = Site::current()) { construct(encode(initial), true, site); }
  ~atomic() { perform({.kind = OpKind::destroy, .address = this}); }
  atomic(const atomic&) = delete;
  atomic& operator=(const atomic&) = delete;

  /// Returns the value read. Allowed orders: relaxed, consume, acquire, seq_cst.
  T load(std::memory_order order = std::memory_order_seq_cst, Site site = Site::current()) const {
    return decode<T>(perform(op(OpKind::load, 0, order, site)).value);
  }

  /// Stores `value`. Allowed orders: relaxed, release, seq_cst.
  void store(T value, std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::current()) {
    perform(op(OpKind::store, encode(value), order, site));
  }

  /// Stores `value` and returns the previous one, in one step.
  T exchange(T value, std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::current()) {
    return decode<T>(perform(op(OpKind::exchange, encode(value), order, site)).value);
  }

  /// Stores `desired` if the value is `expected`, else loads the value into `expected`. Returns
  /// whether it stored.
  bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                               std::memory_order failure, Site site = Site::current()) {
    return compare_exchange(expected, desired, success, failure, false, site);
  }
  bool compare_exchange_strong(T& expected, T desired,
                               std::memory_order order = std::memory_order_seq_cst,
                               Site site = Site::current()) {
    return compare_exchange(expected, desired, order, failure_order(order), false, site);
  }

  /// As the strong form, but it may also fail although the value is `expected`; this is explored on
  /// request (option --spurious).
  bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                             std::memory_order failure, Site site = Site::current()) {
    return compare_exchange(expected, desired, success, failure, true, site);
  }
  bool compare_exchange_weak(T& expected, T desired,
                             std::memory_order order = std::memory_order_seq_cst,
                             Site site = Site::current()) {
    return compare_exchange(expected, desired, order, failure_order(order), true, site);
  }

  /// Adds and returns the previous value; for pointers, `amount` counts elements.
  template <typename U>
  requires(std::is_integral_v<T> || std::is_pointer_v<T>) T
      fetch_add(U amount, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::current()) {
    return decode<T>(perform(op(OpKind::fetch_add, scaled(amount), order, site)).value);
  }
  template <typename U>
  requires(std::is_integral_v<T> || std::is_pointer_v<T>) T
      fetch_sub(U amount, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::current()) {
    return decode<T>(perform(op(OpKind::fetch_sub, scaled(amount), order, site)).value);
  }
  T fetch_and(T mask, std::memory_order order = std::memory_order_seq_cst,
              Site site = Site::current()) requires std::is_integral_v<T> {
    return decode<T>(perform(op(OpKind::fetch_and, encode(mask), order, site)).value);
  }
  T fetch_or(T mask, std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::current()) requires std::is_integral_v<T> {
    return decode<T>(perform(op(OpKind::fetch_or, encode(mask), order, site)).value);
  }
  T fetch_xor(T mask, std::memory_order order = std::memory_order_seq_cst,
              Site site = Site::current()) requires std::is_integral_v<T> {
    return decode<T>(perform(op(OpKind::fetch_xor, encode(mask), order, site)).value);
  }

  /// What a conditional addition did.
  struct Addition {
    T read;  // the value before
    bool added;
  };
  /// Adds `amount` if no bit of `mask` is set, in one step: what a lock with readers, say, is made
  /// of. `weak`: it may also fail to add for no reason, as compare_exchange_weak.
  Addition add_if_clear(T mask, T amount, std::memory_order success, std::memory_order failure,
                        Site site = Site::current(),
                        bool weak = false) requires std::is_integral_v<T> {
    return conditional_add(OpKind::add_if_clear, mask, amount, success, failure, site, weak);
  }
  /// Adds `amount` if some bit of `mask` is set, in one step: what taking from a semaphore is.
  Addition add_if_set(T mask, T amount, std::memory_order success, std::memory_order failure,
                      Site site = Site::current(),
                      bool weak = false) requires std::is_integral_v<T> {
    return conditional_add(OpKind::add_if_set, mask, amount, success, failure, site, weak);
  }

 private:
  Addition conditional_add(OpKind kind, T mask, T amount, std::memory_order success,
                           std::memory_order failure, Site site, bool weak) {
    Op request = op(kind, encode(amount), success, site);
    request.failure_order = failure;
    request.weak = weak;
    request.expected = encode(mask);
    const Reply reply = perform(request);
    return {
        .read = decode<T>(reply.value),
        .added = !reply.spurious_failure && condition_holds(kind, reply.value, request.expected)};
  }

  // Numbers with a fraction are shown as their bits.
  static constexpr ValueType shown_type() {
    if constexpr (std::is_floating_point_v<T>) return ValueType::unsigned_integer;
    return heddle::api::value_type<T>();
  }

  void construct(std::uint64_t initial, bool initialised, Site site) {
    perform({.kind = OpKind::construct,
             .type = shown_type(),
             .size = sizeof(T),
             .has_operand = initialised,
             .address = this,
             .operand = initial,
             .text = "atomic",
             .site = site});
  }

  Op op(OpKind kind, std::uint64_t operand, std::memory_order order, Site site) const {
    return {.kind = kind,
            .type = shown_type(),
            .size = sizeof(T),
            .order = order,
            .failure_order = order,
            .address = this,
            .operand = operand,
            .site = site};
  }

  bool compare_exchange(T& expected, T desired, std::memory_order success,
                        std::memory_order failure, bool weak, Site site) {
    Op request = op(OpKind::compare_exchange, encode(desired), success, site);
    request.failure_order = failure;
    request.weak = weak;
    request.expected = encode(expected);
    const Reply reply = perform(request);
    if (!reply.spurious_failure && reply.value == request.expected) return true;
    expected = decode<T>(reply.value);
    return false;
  }

  static constexpr std::memory_order failure_order(std::memory_order success) {
    if (success == std::memory_order_acq_rel) return std::memory_order_acquire;
    if (success == std::memory_order_release) return std::memory_order_relaxed;
    return success;
  }

  template <typename U>
  static std::uint64_t scaled(U amount) {
    const auto units = static_cast<std::int64_t>(amount);
    if constexpr (std::is_pointer_v<T>) {
      return static_cast<std::uint64_t>(units * std::int64_t{sizeof(std::remove_pointer_t<T>)});
    } else {
      return encode(static_cast<T>(units));
    }
  }
};

}  // namespace heddle::api
