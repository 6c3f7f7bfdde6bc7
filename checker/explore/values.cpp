#include "checker/explore/values.hpp"

#include <cstring>

namespace heddle::explore {

using enum api::OpKind;

namespace {

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

}  // namespace heddle::explore
