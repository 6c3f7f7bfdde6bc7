#include "checker/runtime/shape.hpp"

#include <string_view>

namespace heddle::runtime {
namespace {

enum Kind : Shape {
  atomic = 0x10,
  plain = 0x20,
  boxed_atomic = 0x30,
  boxed_plain = 0x40,
  mutex = 0x50,
  floating_atomic = 0x60,
  floating_plain = 0x70,
};

constexpr Shape size_bits = 0x0f;

Shape sized(Kind kind, const api::Op& op) {
  if (op.type == api::ValueType::boxed) return kind == plain ? boxed_plain : boxed_atomic;
  if (op.type == api::ValueType::floating) kind = kind == plain ? floating_plain : floating_atomic;
  return static_cast<Shape>(kind | (op.size & size_bits));
}

}  // namespace

Shape shape_of(const api::Op& op) {
  using enum api::OpKind;
  if (op.place != api::Place::object) return 0;  // plain memory is what its accesses make it
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
  const int size = shape & size_bits;
  const std::string bytes = " of " + std::to_string(size) + (size == 1 ? " byte" : " bytes");
  switch (static_cast<Kind>(shape & ~size_bits)) {
    case atomic:
      return "an atomic" + bytes;
    case floating_atomic:
      return "a floating-point atomic" + bytes;
    case boxed_atomic:
      return "an atomic of a class type";
    case plain:
      return "a plain variable" + bytes;
    case floating_plain:
      return "a plain floating-point variable" + bytes;
    case boxed_plain:
      return "a plain variable of a class type";
    case mutex:
      return "a mutex";
  }
  return "an unknown object";
}

}  // namespace heddle::runtime
