// What compilers call in place of atomic operations with -fsanitize=thread (compiler-rt,
// tsan_interface_atomic.h): the names are theirs.
#include <cstdint>
#include <type_traits>

#include "checker/hooks/exported.hpp"

namespace {

using heddle::api::Op;
using heddle::api::OpKind;
using heddle::api::Reply;
using heddle::hooks::explored;
using heddle::runtime::Caller;

std::memory_order order_of(int order) {
  // Compilers pass the language's numbers, in the low bits.
  return static_cast<std::memory_order>(order & 7);
}

Op op_on(const volatile void* address, std::size_t bytes, OpKind kind, int order,
         const Caller& caller) {
  return {.kind = kind,
          .type = heddle::api::ValueType::memory,
          .size = static_cast<std::uint8_t>(bytes),
          .place = heddle::api::Place::cell,
          .order = order_of(order),
          .failure_order = std::memory_order_relaxed,
          .address = const_cast<const void*>(address),
          .site = explored()->site_of(caller)};
}

/// Whether the access is to be explored. Else it is made in memory.
bool is_op(const volatile void* address, std::size_t bytes, bool writes, const Caller& caller) {
  auto* memory = explored();
  return memory != nullptr &&
         memory->announce_atomic(const_cast<void*>(address), bytes, writes, caller);
}

template <typename T>
T load(const volatile T* address, int order, const Caller& caller) {
  if (!is_op(address, sizeof(T), false, caller)) return *address;
  return static_cast<T>(perform(op_on(address, sizeof(T), OpKind::load, order, caller)).value);
}

template <typename T>
void store(volatile T* address, T value, int order, const Caller& caller) {
  if (!is_op(address, sizeof(T), true, caller)) {
    *address = value;
    return;
  }
  Op op = op_on(address, sizeof(T), OpKind::store, order, caller);
  op.operand = static_cast<std::make_unsigned_t<T>>(value);
  perform(op);
}

template <typename T>
T combined(OpKind kind, T before, T operand) {
  switch (kind) {
    case OpKind::exchange:
      return operand;
    case OpKind::fetch_add:
      return static_cast<T>(before + operand);
    case OpKind::fetch_sub:
      return static_cast<T>(before - operand);
    case OpKind::fetch_and:
      return before & operand;
    case OpKind::fetch_or:
      return before | operand;
    default:
      return before ^ operand;
  }
}

template <typename T>
T update(volatile T* address, T value, OpKind kind, int order, const Caller& caller) {
  if (!is_op(address, sizeof(T), true, caller)) {
    const T before = *address;
    *address = combined(kind, before, value);
    return before;
  }
  Op op = op_on(address, sizeof(T), kind, order, caller);
  op.operand = static_cast<std::make_unsigned_t<T>>(value);
  return static_cast<T>(perform(op).value);
}

/// No processor has it, nor does the checker: it is made of a loop, as compilers do.
template <typename T>
T nand(volatile T* address, T value, int order, const Caller& caller);

/// Returns whether it succeeded; `expected` becomes what was read.
template <typename T>
bool compare_exchange(volatile T* address, T& expected, T value, bool weak, int order,
                      int failure_order, const Caller& caller) {
  if (!is_op(address, sizeof(T), true, caller)) {
    const T before = *address;
    if (before == expected) *address = value;
    const bool done = before == expected;
    expected = before;
    return done;
  }
  Op op = op_on(address, sizeof(T), OpKind::compare_exchange, order, caller);
  op.failure_order = order_of(failure_order);
  op.weak = weak;
  op.operand = static_cast<std::make_unsigned_t<T>>(value);
  op.expected = static_cast<std::make_unsigned_t<T>>(expected);
  const Reply reply = perform(op);
  const T before = static_cast<T>(reply.value);
  const bool done = before == expected && !reply.spurious_failure;
  expected = before;
  return done;
}

template <typename T>
T nand(volatile T* address, T value, int order, const Caller& caller) {
  T before = load(address, 0, caller);
  while (!compare_exchange(address, before, static_cast<T>(~(before & value)), false, order, 0,
                           caller)) {
  }
  return before;
}

/// The `expected` of a compare_exchange is memory of its own, which is accessed plainly.
template <typename T>
bool compare_exchange_at(volatile T* address, T* expected, T value, bool weak, int order,
                         int failure_order, const Caller& caller) {
  auto* memory = explored();
  if (memory != nullptr) memory->announce(expected, sizeof(T), true, false, caller);
  T before = *expected;
  const bool done = compare_exchange(address, before, value, weak, order, failure_order, caller);
  if (done) return true;
  if (memory != nullptr) memory->announce(expected, sizeof(T), false, true, caller);
  *expected = before;
  return false;
}

}  // namespace

#define UPDATE(bits, T, name, kind)                                                       \
  HEDDLE_EXPORT T __tsan_atomic##bits##_##name(volatile T* address, T value, int order) { \
    return update<T>(address, value, OpKind::kind, order, HEDDLE_CALLER);                 \
  }

#define ATOMICS(bits, T)                                                                       \
  HEDDLE_EXPORT T __tsan_atomic##bits##_load(const volatile T* address, int order) {           \
    return load<T>(address, order, HEDDLE_CALLER);                                             \
  }                                                                                            \
  HEDDLE_EXPORT void __tsan_atomic##bits##_store(volatile T* address, T value, int order) {    \
    store<T>(address, value, order, HEDDLE_CALLER);                                            \
  }                                                                                            \
  UPDATE(bits, T, exchange, exchange)                                                          \
  UPDATE(bits, T, fetch_add, fetch_add)                                                        \
  UPDATE(bits, T, fetch_sub, fetch_sub)                                                        \
  UPDATE(bits, T, fetch_and, fetch_and)                                                        \
  UPDATE(bits, T, fetch_or, fetch_or)                                                          \
  UPDATE(bits, T, fetch_xor, fetch_xor)                                                        \
  HEDDLE_EXPORT T __tsan_atomic##bits##_fetch_nand(volatile T* address, T value, int order) {  \
    return nand<T>(address, value, order, HEDDLE_CALLER);                                      \
  }                                                                                            \
  HEDDLE_EXPORT int __tsan_atomic##bits##_compare_exchange_strong(                             \
      volatile T* address, T* expected, T value, int order, int failure_order) {               \
    return compare_exchange_at<T>(address, expected, value, false, order, failure_order,       \
                                  HEDDLE_CALLER)                                               \
               ? 1                                                                             \
               : 0;                                                                            \
  }                                                                                            \
  HEDDLE_EXPORT int __tsan_atomic##bits##_compare_exchange_weak(                               \
      volatile T* address, T* expected, T value, int order, int failure_order) {               \
    return compare_exchange_at<T>(address, expected, value, true, order, failure_order,        \
                                  HEDDLE_CALLER)                                               \
               ? 1                                                                             \
               : 0;                                                                            \
  }                                                                                            \
  HEDDLE_EXPORT T __tsan_atomic##bits##_compare_exchange_val(                                  \
      volatile T* address, T expected, T value, int order, int failure_order) {                \
    compare_exchange<T>(address, expected, value, false, order, failure_order, HEDDLE_CALLER); \
    return expected;                                                                           \
  }

ATOMICS(8, std::int8_t)
ATOMICS(16, std::int16_t)
ATOMICS(32, std::int32_t)
ATOMICS(64, std::int64_t)

HEDDLE_EXPORT void __tsan_atomic_thread_fence(int order) {
  if (explored() == nullptr) return;
  const Caller caller = HEDDLE_CALLER;
  heddle::api::perform(
      {.kind = OpKind::fence, .order = order_of(order), .site = explored()->site_of(caller)});
}
HEDDLE_EXPORT void __tsan_atomic_signal_fence(int) {}
