// rl::var<T>: a plain variable as Relacy tests use it; unordered accesses to it are data races.
#pragma once

#include "checker/api/var.hpp"
#include "checker/relacy/site.hpp"

namespace rl {

/// What `x($)` is for a const variable x.
template <typename T>
class var_proxy_const {
 public:
  var_proxy_const(const heddle::api::var<T>& object, debug_info info)
      : object_(object), info_(info) {}

  operator T() const { return object_.get(info_); }
  T operator->() const { return object_.get(info_); }

 private:
  const heddle::api::var<T>& object_;
  debug_info info_;
};

/// What `x($)` is for a variable x. An operator like ++ is a read and then a write, as for any
/// plain variable.
template <typename T>
class var_proxy {
 public:
  var_proxy(heddle::api::var<T>& object, debug_info info) : object_(object), info_(info) {}
  var_proxy(const var_proxy&) = default;

  operator T() const { return object_.get(info_); }
  T operator->() const { return object_.get(info_); }
  T operator=(const T& value) {
    object_.set(value, info_);
    return value;
  }
  T operator=(const var_proxy& other) { return *this = static_cast<T>(other); }

  template <typename U>
  T operator+=(U amount) {
    return *this = static_cast<T>(get() + amount);
  }
  template <typename U>
  T operator-=(U amount) {
    return *this = static_cast<T>(get() - amount);
  }
  T operator++() { return *this += 1; }
  T operator--() { return *this -= 1; }
  T operator++(int) {
    const T before = get();
    *this = static_cast<T>(before + 1);
    return before;
  }
  T operator--(int) {
    const T before = get();
    *this = static_cast<T>(before - 1);
    return before;
  }

 private:
  T get() const { return object_.get(info_); }

  heddle::api::var<T>& object_;
  debug_info info_;
};

template <typename T>
class var : public heddle::api::var<T> {
 public:
  explicit var(debug_info info = debug_info::current()) : heddle::api::var<T>(info) {}
  var(const T& initial, debug_info info = debug_info::current())
      : heddle::api::var<T>(initial, info) {}

  var_proxy<T> operator()(debug_info info) { return {*this, info}; }
  var_proxy_const<T> operator()(debug_info info) const { return {*this, info}; }
};

}  // namespace rl

#define VAR_T(T) ::rl::var<T>
#define VAR(x) x($)
