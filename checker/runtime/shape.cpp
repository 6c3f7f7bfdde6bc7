#include "checker/runtime/shape.hpp"

#include <string_view>

namespace heddle::runtime {
namespace {

enum Kind : Shape { atomic = 0x10, plain = 0x20, boxed = 0x30, mutex = 0x40 };

constexpr Shape size_bits = 0x0f;

Shape sized(Kind kind, const api::Op& op) {
  if (kind == plain && op.type == api::ValueType::boxed) return boxed;
  return static_cast<Shape>(kind | (op.size & size_bits));
}

}  // namespace

Shape shape_of(const api::Op& op) {
  using enum api::OpKind;
  const std::string_view text = op.text == nullptr ? "" : op.text;
  switch (op.kind) {
    case construct:
      return text == "mutex" ? Shape{mutex} : sized(text == "var" ? plain : atomic, op);
    case destroy:
      return text == "mutex" ? Shape{mutex} : Shape{0};
    case lock:
    case try_lock:
    case unlock:
      return mutex;
    case read:
    case write:
      return sized(plain, op);
    default:
      return api::is_atomic_access(op.kind) ? sized(atomic, op) : Shape{0};
  }
}

std::string shape_name(Shape shape) {
  const auto kind = static_cast<Shape>(shape & ~size_bits);
  if (kind == mutex) return "a mutex";
  if (kind == boxed) return "a plain variable of a class or floating-point type";
  const int size = shape & size_bits;
  return std::string(kind == atomic ? "an atomic" : "a plain variable") + " of " +
         std::to_string(size) + (size == 1 ? " byte" : " bytes");
}

}  // namespace heddle::runtime
