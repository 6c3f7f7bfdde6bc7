#include "checker/explore/object_kind.hpp"

#include <string_view>

#include "checker/explore/values.hpp"

namespace heddle::explore {
namespace {

using enum api::OpKind;
using runtime::Node;

enum class Kind : std::uint8_t { atomic, plain, mutex };

Kind kind_of(const Node& node) {
  switch (node.op.kind) {
    case lock:
    case try_lock:
    case unlock:
      return Kind::mutex;
    case read:
    case write:
      return Kind::plain;
    case construct:
      if (is_mutex(node)) return Kind::mutex;
      return std::string_view(node.op.text) == "var" ? Kind::plain : Kind::atomic;
    default:
      return Kind::atomic;
  }
}

bool is_boxed(const Node& node) { return node.op.type == api::ValueType::boxed; }

}  // namespace

bool fits(const Node& access, const Node& construction) {
  // The end of a life says only whether it is that of a mutex.
  if (access.op.kind == destroy) return is_mutex(access) == is_mutex(construction);
  return access.op.size == construction.op.size && is_boxed(access) == is_boxed(construction) &&
         kind_of(access) == kind_of(construction);
}

std::string object_kind(const Node& node) {
  const Kind kind = kind_of(node);
  if (kind == Kind::mutex || (node.op.kind == destroy && is_mutex(node))) return "a mutex";
  if (node.op.kind == destroy) return "an atomic or a plain variable";
  const std::string name = kind == Kind::atomic ? "an atomic" : "a plain variable";
  if (is_boxed(node)) return name + " of a class or floating-point type";
  return name + " of " + std::to_string(node.op.size) + (node.op.size == 1 ? " byte" : " bytes");
}

}  // namespace heddle::explore
