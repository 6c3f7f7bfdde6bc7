// Turns values of scenario types into the 64 bits that an Op carries, and back.
#pragma once

#include <cstring>
#include <type_traits>

#include "checker/api/op.hpp"

namespace heddle::api {

/// Types that an atomic may hold: those of 1 to 8 bytes whose bytes are their value, such as
/// integers, enums, bool, pointers and small structs of them, and floating-point numbers.
template <typename T>
concept AtomicValue = std::is_trivially_copyable_v<T> && sizeof(T) <= 8 &&
                      (std::has_unique_object_representations_v<T> ||
                       std::is_floating_point_v<T>)&&std::is_same_v<T, std::remove_cv_t<T>>;

/// Plain values of up to 8 bytes whose bytes are their value travel inline; all others are boxed.
template <typename T>
inline constexpr bool travels_inline =
    std::has_unique_object_representations_v<T>&& std::is_trivially_copyable_v<T> && sizeof(T) <= 8;

template <typename T>
constexpr ValueType value_type() {
  if constexpr (std::is_same_v<T, bool>) return ValueType::boolean;
  if constexpr (std::is_pointer_v<T>) return ValueType::pointer;
  if constexpr (std::is_enum_v<T>) return value_type<std::underlying_type_t<T>>();
  if constexpr (std::is_integral_v<T>) {
    return std::is_signed_v<T> ? ValueType::signed_integer : ValueType::unsigned_integer;
  }
  return travels_inline<T> ? ValueType::unsigned_integer : ValueType::boxed;
}

template <typename T>
std::uint64_t encode(const T& value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(T));
  return bits;
}

template <typename T>
T decode(std::uint64_t bits) {
  T value;
  std::memcpy(&value, &bits, sizeof(T));
  return value;
}

/// The box for T: see BoxType.
template <typename T>
inline constexpr BoxType box_of = {
    .size = sizeof(T),
    .trivial = std::is_trivially_copyable_v<T>,
    .clone = [](const void* object) -> void* { return new T(*static_cast<const T*>(object)); },
    .dispose = [](void* clone) { delete static_cast<T*>(clone); },
    .invoke = nullptr,
};

/// The box for a thread body: invoked on a copy, so that every run starts from the same closure.
template <typename F>
inline constexpr BoxType box_of_body = {
    .size = sizeof(F),
    .trivial = false,
    .clone = [](const void* object) -> void* { return new F(*static_cast<const F*>(object)); },
    .dispose = [](void* clone) { delete static_cast<F*>(clone); },
    .invoke =
        [](const void* clone) {
          F body(*static_cast<const F*>(clone));
          body();
        },
};

}  // namespace heddle::api
