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
  static constexpr bool is_number =
      std::is_integral_v<T> || (std::is_floating_point_v<T> && travels_inline<T>);

 public:
  using value_type = T;

  explicit atomic(Site site = Site::current()) {
    Op request = op(OpKind::construct, std::memory_order_seq_cst, site);
    request.has_operand = false;
    request.text = "atomic";
    perform(request);
  }
  atomic(T initial, Site site = Site::current()) {
    const Operand<T> value(initial);
    Op request = carrying(OpKind::construct, value, std::memory_order_seq_cst, site);
    request.text = "atomic";
    perform(request);
  }
  ~atomic() { perform({.kind = OpKind::destroy, .address = this}); }
  atomic(const atomic&) = delete;
  atomic& operator=(const atomic&) = delete;

  /// Returns the value read. Allowed orders: relaxed, consume, acquire, seq_cst.
  T load(std::memory_order order = std::memory_order_seq_cst, Site site = Site::current()) const {
    return received<T>(perform(op(OpKind::load, order, site)).value);
  }

  /// Stores `value`. Allowed orders: relaxed, release, seq_cst.
  void store(T value, std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::current()) {
    const Operand<T> operand(value);
    perform(carrying(OpKind::store, operand, order, site));
  }

  /// Stores `value` and returns the previous one, in one step.
  T exchange(T value, std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::current()) {
    const Operand<T> operand(value);
    return received<T>(perform(carrying(OpKind::exchange, operand, order, site)).value);
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
  requires(is_number || std::is_pointer_v<T>) T
      fetch_add(U amount, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::current()) {
    return combine(OpKind::fetch_add, scaled(amount), order, site);
  }
  template <typename U>
  requires(is_number || std::is_pointer_v<T>) T
      fetch_sub(U amount, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::current()) {
    return combine(OpKind::fetch_sub, scaled(amount), order, site);
  }
  T fetch_and(T mask, std::memory_order order = std::memory_order_seq_cst,
              Site site = Site::current()) requires std::is_integral_v<T> {
    return combine(OpKind::fetch_and, encode(mask), order, site);
  }
  T fetch_or(T mask, std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::current()) requires std::is_integral_v<T> {
    return combine(OpKind::fetch_or, encode(mask), order, site);
  }
  T fetch_xor(T mask, std::memory_order order = std::memory_order_seq_cst,
              Site site = Site::current()) requires std::is_integral_v<T> {
    return combine(OpKind::fetch_xor, encode(mask), order, site);
  }

  // What makes that no wake-up is lost (checker/consistency/wake_up.hpp): accesses without an order
  // of their own, by which a thread that is queued finds out whether to sleep, and one that
  // notifies, who sleeps.

  /// Load of the thread whose latest operation has put it into a queue: it sleeps if it reads
  /// `old`.
  T load_before_sleep(T old, std::memory_order order, Site site) const {
    const Operand<T> operand(old);
    Op request = carrying(OpKind::load, operand, order, site);
    request.weak = true;
    return received<T>(perform(request).value);
  }
  /// Load of such a queue, where 0 says that nobody sleeps.
  T load_for_sleepers(Site site) const {
    Op request = op(OpKind::load, std::memory_order_relaxed, site);
    request.weak = true;
    request.expected = 1;
    return received<T>(perform(request).value);
  }
  /// Takes out of such a queue, and wakes, those whose bits are not in `others`. Returns who was
  /// in.
  T take_sleepers(T others, Site site) {
    Op request = op(OpKind::fetch_and, std::memory_order_relaxed, site);
    request.weak = true;
    request.operand = encode(others);
    return received<T>(perform(request).value);
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
    Op request = op(kind, success, site);
    request.operand = encode(amount);
    request.failure_order = failure;
    request.weak = weak;
    request.expected = encode(mask);
    const Reply reply = perform(request);
    return {
        .read = decode<T>(reply.value),
        .added = !reply.spurious_failure && condition_holds(kind, reply.value, request.expected)};
  }

  Op op(OpKind kind, std::memory_order order, Site site) const {
    return {.kind = kind,
            .type = heddle::api::value_type<T>(),
            .size = travels_inline<T> ? sizeof(T) : 8,
            .order = order,
            .failure_order = order,
            .address = this,
            .site = site};
  }
  /// An Op with a value, which must live until it is performed.
  Op carrying(OpKind kind, const Operand<T>& value, std::memory_order order, Site site) const {
    Op request = op(kind, order, site);
    request.operand = value.operand();
    if constexpr (!travels_inline<T>) request.box = &box_of<T>;
    return request;
  }

  T combine(OpKind kind, std::uint64_t operand, std::memory_order order, Site site) {
    Op request = op(kind, order, site);
    request.operand = operand;
    return decode<T>(perform(request).value);
  }

  bool compare_exchange(T& expected, T desired, std::memory_order success,
                        std::memory_order failure, bool weak, Site site) {
    const Operand<T> wanted(desired);
    const Operand<T> before(expected);
    Op request = carrying(OpKind::compare_exchange, wanted, success, site);
    request.failure_order = failure;
    request.weak = weak;
    request.expected = before.operand();
    const Reply reply = perform(request);
    const T read = received<T>(reply.value);
    if (!reply.spurious_failure && Operand<T>(read) == before) return true;
    expected = read;
    return false;
  }

  static constexpr std::memory_order failure_order(std::memory_order success) {
    if (success == std::memory_order_acq_rel) return std::memory_order_acquire;
    if (success == std::memory_order_release) return std::memory_order_relaxed;
    return success;
  }

  template <typename U>
  static std::uint64_t scaled(U amount) {
    if constexpr (std::is_floating_point_v<T>) return encode(static_cast<T>(amount));
    const auto units = static_cast<std::int64_t>(amount);
    if constexpr (std::is_pointer_v<T>) {
      return static_cast<std::uint64_t>(units * std::int64_t{sizeof(std::remove_pointer_t<T>)});
    } else {
      return encode(static_cast<T>(units));
    }
  }
};

}  // namespace heddle::api
