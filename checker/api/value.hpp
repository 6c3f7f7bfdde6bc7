// Turns values of scenario types into the 64 bits that an Op carries, and back.
#pragma once

#include <cstring>
#include <type_traits>

#include "checker/api/op.hpp"

namespace heddle::api {

/// Whether every bit of a T is part of its value. (Numbers with a fraction count: an atomic
/// compares their bits.)
template <typename T>
inline constexpr bool has_no_padding = std::has_unique_object_representations_v<T> ||
                                       std::is_same_v<T, float> || std::is_same_v<T, double>;

// g++ can clear padding, clang 14 can't.
#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
#define HEDDLE_CLEARS_PADDING
#endif
#endif
#ifdef HEDDLE_CLEARS_PADDING
inline constexpr bool clears_padding = true;
#else
inline constexpr bool clears_padding = false;
#endif

/// Types that an atomic may hold: trivially copyable ones, as in the standard. Padding plays no
/// part in comparisons; with a compiler that can't clear it there may be none.
template <typename T>
concept AtomicValue = std::is_trivially_copyable_v<T> && std::is_same_v<T, std::remove_cv_t<T>> &&
    (clears_padding || has_no_padding<T>);

/// Values of up to 8 bytes without padding travel inline; all others are boxed.
template <typename T>
inline constexpr bool travels_inline = has_no_padding<T>&& std::is_trivially_copyable_v<T> &&
                                       sizeof(T) <= 8;

template <typename T>
constexpr ValueType value_type() {
  if constexpr (std::is_same_v<T, bool>) return ValueType::boolean;
  if constexpr (std::is_pointer_v<T>) return ValueType::pointer;
  if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) return ValueType::floating;
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

/// A value on its way into an Op, whose operand refers to it if it is boxed.
template <typename T>
class Operand {
 public:
  explicit Operand(const T& value) : value_(value) {
#ifdef HEDDLE_CLEARS_PADDING
    if constexpr (!has_no_padding<T> && std::is_trivially_copyable_v<T>) {
      __builtin_clear_padding(&value_);
    }
#endif
  }
  std::uint64_t operand() const {
    if constexpr (travels_inline<T>) {
      return encode(value_);
    } else {
      return reinterpret_cast<std::uint64_t>(&value_);
    }
  }
  bool operator==(const Operand& other) const {
    return std::memcmp(&value_, &other.value_, sizeof(T)) == 0;
  }

 private:
  T value_;
};

/// The value in a Reply, or in an Op that keeps it.
template <typename T>
T received(std::uint64_t value) {
  if constexpr (travels_inline<T>) {
    return decode<T>(value);
  } else {
    return *reinterpret_cast<const T*>(value);
  }
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
