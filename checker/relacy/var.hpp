// rl::var<T>: a plain variable as Relacy tests use it; unordered accesses to it are data races.
#pragma once

#include <cstddef>

#include "checker/api/var.hpp"
#include "checker/relacy/site.hpp"

namespace rl {

/// What `x($)` is for a const variable x.
template <typename T>
class var_proxy_const {
 public:
  var_proxy_const(const heddle::api::var<T>& object, debug_info info)
      : object_(object), info_(info) {}

  T load() const { return object_.get(info_); }
  operator T() const { return load(); }
  T operator->() const { return load(); }

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

  T load() const { return object_.get(info_); }
  void store(const T& value) { object_.set(value, info_); }
  operator T() const { return load(); }
  T operator->() const { return load(); }
  T operator=(const T& value) {
    store(value);
    return value;
  }
  T operator=(const var_proxy& other) { return *this = other.load(); }
  template <typename U>
  T operator=(const var_proxy<U>& other) {
    return *this = static_cast<T>(other.load());
  }
  template <typename U>
  T operator=(const var_proxy_const<U>& other) {
    return *this = static_cast<T>(other.load());
  }

  template <typename U>
  T operator+=(const U& amount) {
    return *this = static_cast<T>(load() + amount);
  }
  template <typename U>
  T operator-=(const U& amount) {
    return *this = static_cast<T>(load() - amount);
  }
  T operator&=(const T& mask) { return *this = static_cast<T>(load() & mask); }
  T operator|=(const T& mask) { return *this = static_cast<T>(load() | mask); }
  T operator^=(const T& mask) { return *this = static_cast<T>(load() ^ mask); }
  T operator++() { return *this += 1; }
  T operator--() { return *this -= 1; }
  T operator++(int) {
    const T before = load();
    *this = static_cast<T>(before + 1);
    return before;
  }
  T operator--(int) {
    const T before = load();
    *this = static_cast<T>(before - 1);
    return before;
  }

 private:
  heddle::api::var<T>& object_;
  debug_info info_;
};

/// Copying reads the other one. Without a value it is uninitialised, whatever T is.
template <typename T>
class var : public heddle::api::var<T> {
 public:
  // Sites, since a debug_info could be made of values.
  explicit var(heddle::api::Site site = heddle::api::Site::current()) : heddle::api::var<T>(site) {}
  var(const T& initial, heddle::api::Site site = heddle::api::Site::current())
      : heddle::api::var<T>(initial, site) {}
  var(const var& other, heddle::api::Site site = heddle::api::Site::current())
      : heddle::api::var<T>(other.get(site), site) {}
  var& operator=(const var& other) = delete;

  var_proxy<T> operator()(debug_info info) { return {*this, info}; }
  var_proxy_const<T> operator()(debug_info info) const { return {*this, info}; }

 private:
  // As large and as aligned as Relacy's: code may keep marks in the low bits of a pointer to one.
  // Only the address counts.
  alignas(T) alignas(void*) std::byte place_[sizeof(T) < sizeof(void*) ? sizeof(void*) : sizeof(T)];
};

}  // namespace rl

#define VAR_T(...) ::rl::var<__VA_ARGS__>
#define VAR(x) x($)
