#include "checker/explore/values.hpp"

#include <bit>
#include <cstring>

namespace heddle::explore {

using enum api::OpKind;

namespace {

template <typename Number, typename Bits>
std::uint64_t sum_of(std::uint64_t a, std::uint64_t b, bool negated) {
  const auto first = std::bit_cast<Number>(static_cast<Bits>(a));
  const auto second = std::bit_cast<Number>(static_cast<Bits>(b));
  return std::bit_cast<Bits>(negated ? first - second : first + second);
}

/// The sum, or difference, of two numbers with a fraction.
std::uint64_t fraction(const runtime::Node& node, std::uint64_t value) {
  const bool negated = node.op.kind == fetch_sub;
  return node.op.size == sizeof(float)
             ? sum_of<float, std::uint32_t>(value, node.op.operand, negated)
             : sum_of<double, std::uint64_t>(value, node.op.operand, negated);
}

std::uint64_t truncated(std::uint64_t value, std::uint8_t bytes) {
  return bytes >= 8 ? value : value & ((std::uint64_t{1} << (8 * bytes)) - 1);
}

}  // namespace

bool may_write_back(const runtime::Node& node) {
  return api::is_read_modify_write(node.op.kind) || node.op.kind == lock ||
         node.op.kind == try_lock;
}

bool writes_back(const runtime::Node& node, std::uint64_t value) {
  switch (node.op.kind) {
    case exchange:
    case fetch_add:
    case fetch_sub:
    case fetch_and:
    case fetch_or:
    case fetch_xor:
      return true;
    case compare_exchange:
      return value == node.op.expected;
    case add_if_clear:
    case add_if_set:
      return api::condition_holds(node.op.kind, value, node.op.expected);
    case lock:
    case try_lock:
      return value == 0;
    default:
      return false;
  }
}

std::uint64_t value_written_back(const runtime::Node& node, std::uint64_t value) {
  const std::uint64_t operand = node.op.operand;
  const bool adds = node.op.kind == fetch_add || node.op.kind == fetch_sub;
  if (adds && node.op.type == api::ValueType::floating) return fraction(node, value);
  switch (node.op.kind) {
    case add_if_clear:
    case add_if_set:
    case fetch_add:
      return truncated(value + operand, node.op.size);
    case fetch_sub:
      return truncated(value - operand, node.op.size);
    case fetch_and:
      return value & operand;
    case fetch_or:
      return value | operand;
    case fetch_xor:
      return value ^ operand;
    case lock:
    case try_lock:
      return 1;
    default:
      return operand;
  }
}

api::Reply reply_to(const runtime::Node& node, const graph::Event& event) {
  if (runtime::has_fixed_reply(node.op.kind)) return runtime::fixed_reply(node);
  if (node.op.kind == try_lock) return {.value = event.value == 0 && !event.spurious ? 1u : 0u};
  return {.value = event.value, .spurious_failure = event.spurious};
}

bool is_mutex(const runtime::Node& node) {
  return node.op.text != nullptr && std::strcmp(node.op.text, "mutex") == 0;
}

bool asks_for_mutex(const runtime::Node& node) {
  return node.op.kind == lock || node.op.kind == try_lock;
}

}  // namespace heddle::explore
