#include "checker/runtime/behaviour.hpp"

namespace heddle::runtime {

bool has_fixed_reply(api::OpKind kind) {
  using enum api::OpKind;
  switch (kind) {
    case load:
    case exchange:
    case compare_exchange:
    case fetch_add:
    case fetch_sub:
    case fetch_and:
    case fetch_or:
    case fetch_xor:
    case read:
    case try_lock:
    case choose:
      return false;
    default:
      return true;
  }
}

api::Reply fixed_reply(const Node& node) {
  if (node.op.kind == api::OpKind::spawn) return {.value = node.op.expected};
  return {};
}

}  // namespace heddle::runtime
