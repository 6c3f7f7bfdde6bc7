#include "checker/hooks/word.hpp"

#include <cstring>

#include "checker/api/control.hpp"

namespace heddle::hooks {

using api::Op;
using api::OpKind;

Op Word::op(OpKind kind, std::memory_order order) const {
  return {.kind = kind,
          .type = api::ValueType::unsigned_integer,
          .size = bytes_,
          .place = api::Place::cell,
          .order = order,
          .failure_order = std::memory_order_relaxed,
          .address = address_,
          .site = site()};
}

bool Word::is_op(bool writes) const {
  return explored()->announce_atomic(address_, bytes_, writes, caller_);
}

std::uint64_t Word::own() const {
  std::uint64_t value = 0;
  std::memcpy(&value, address_, bytes_);
  return value;
}

void Word::set_own(std::uint64_t value) const { std::memcpy(address_, &value, bytes_); }

std::uint64_t Word::load(std::memory_order order) const {
  return is_op(false) ? perform(op(OpKind::load, order)).value : own();
}

void Word::store(std::uint64_t value, std::memory_order order) const {
  if (!is_op(true)) return set_own(value);
  Op request = op(OpKind::store, order);
  request.operand = value;
  perform(request);
}

std::uint64_t Word::update(OpKind kind, std::uint64_t value, std::memory_order order) const {
  if (is_op(true)) {
    Op request = op(kind, order);
    request.operand = value;
    return perform(request).value;
  }
  const std::uint64_t before = own();
  switch (kind) {
    case OpKind::fetch_add:
      set_own(before + value);
      break;
    case OpKind::fetch_sub:
      set_own(before - value);
      break;
    case OpKind::fetch_and:
      set_own(before & value);
      break;
    case OpKind::fetch_or:
      set_own(before | value);
      break;
    default:
      set_own(value);
  }
  return before;
}

std::uint64_t Word::exchange(std::uint64_t value, std::memory_order order) const {
  return update(OpKind::exchange, value, order);
}
std::uint64_t Word::fetch_add(std::uint64_t value, std::memory_order order) const {
  return update(OpKind::fetch_add, value, order);
}
std::uint64_t Word::fetch_sub(std::uint64_t value, std::memory_order order) const {
  return update(OpKind::fetch_sub, value, order);
}
std::uint64_t Word::fetch_and(std::uint64_t value, std::memory_order order) const {
  return update(OpKind::fetch_and, value, order);
}
std::uint64_t Word::fetch_or(std::uint64_t value, std::memory_order order) const {
  return update(OpKind::fetch_or, value, order);
}

bool Word::compare_exchange(std::uint64_t expected, std::uint64_t value,
                            std::memory_order order) const {
  if (!is_op(true)) {
    const bool equal = own() == expected;
    if (equal) set_own(value);
    return equal;
  }
  Op request = op(OpKind::compare_exchange, order);
  request.operand = value;
  request.expected = expected;
  return perform(request).value == expected;
}

Word::Addition Word::add_if(OpKind kind, std::uint64_t mask, std::uint64_t amount,
                            std::memory_order order) const {
  const bool explores = is_op(true);
  Op request = op(kind, order);
  request.operand = amount;
  request.expected = mask;
  const std::uint64_t read = explores ? perform(request).value : own();
  const bool added = api::condition_holds(kind, read, mask);
  if (added && !explores) set_own(read + amount);
  return {read, added};
}

Word::Addition Word::add_if_clear(std::uint64_t mask, std::uint64_t amount,
                                  std::memory_order order) const {
  return add_if(OpKind::add_if_clear, mask, amount, order);
}
Word::Addition Word::add_if_set(std::uint64_t mask, std::uint64_t amount,
                                std::memory_order order) const {
  return add_if(OpKind::add_if_set, mask, amount, order);
}

void Word::lock() const {
  if (is_op(true)) {
    perform(op(OpKind::lock, std::memory_order_acquire));
  } else if (own() == 0) {
    set_own(1);
  } else {
    api::fail(api::Failure::locked_twice, "a thread locks what it holds already", site());
  }
}

bool Word::try_lock() const {
  if (is_op(true)) return perform(op(OpKind::try_lock, std::memory_order_acquire)).value != 0;
  if (own() != 0) return false;
  set_own(1);
  return true;
}

void Word::unlock() const {
  if (is_op(true)) {
    perform(op(OpKind::unlock, std::memory_order_release));
  } else if (own() != 0) {
    set_own(0);
  } else {
    api::fail(api::Failure::unlocked_unowned, "a thread unlocks what it does not hold", site());
  }
}

}  // namespace heddle::hooks
