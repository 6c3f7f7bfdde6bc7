// var<T>: a plain variable that several threads may touch; unordered accesses are data races.
#pragma once

#include "checker/api/value.hpp"

namespace heddle::api {

/// A non-atomic variable of any copyable T. Every access is checked for data races and for use
/// outside of the object's life. Reads return a copy: write back with set().
template <typename T>
requires std::is_copy_constructible_v<T>
class var {
 public:
  using value_type = T;

  explicit var(Site site = Site::current()) { construct(nullptr, site); }
  var(const T& initial, Site site = Site::current()) { construct(&initial, site); }
  ~var() { perform({.kind = OpKind::destroy, .address = this}); }
  var(const var&) = delete;
  // Else `x = 1` would make another variable and access none.
  var& operator=(const var&) = delete;

  /// Returns the value. A violation (uninitialised) if nothing was written before.
  T get(Site site = Site::current()) const {
    return received<T>(perform(op(OpKind::read, site)).value);
  }

  void set(const T& value, Site site = Site::current()) {
    Op request = op(OpKind::write, site);
    put(request, &value);
    perform(request);
  }

 private:
  Op op(OpKind kind, Site site) const {
    return {.kind = kind,
            .type = heddle::api::value_type<T>(),
            .size = travels_inline<T> ? sizeof(T) : 8,
            .address = this,
            .site = site};
  }

  static void put(Op& request, const T* value) {
    if constexpr (travels_inline<T>) {
      request.operand = encode(*value);
    } else {
      request.operand = reinterpret_cast<std::uint64_t>(value);
      request.box = &box_of<T>;
    }
  }

  void construct(const T* initial, Site site) {
    Op request = op(OpKind::construct, site);
    request.text = "var";
    request.has_operand = initial != nullptr;
    if (initial != nullptr) put(request, initial);
    perform(request);
  }
};

}  // namespace heddle::api
