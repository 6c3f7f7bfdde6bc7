// rl::thread_local_var<T>: one value per thread, 0 at first.
#pragma once

#include <cstdint>
#include <type_traits>

#include "checker/relacy/site.hpp"
#include "checker/sync/thread_value.hpp"

namespace rl {

template <typename T>
class thread_local_var;

/// What `x($)` is for a thread-local variable x.
template <typename T>
class thread_local_proxy {
 public:
  thread_local_proxy(thread_local_var<T>& object, debug_info info) : object_(object), info_(info) {}
  thread_local_proxy(const thread_local_proxy&) = default;

  operator T() const { return object_.get(info_); }
  T operator->() const { return object_.get(info_); }
  T operator=(T value) {
    object_.set(value, info_);
    return value;
  }
  T operator=(const thread_local_proxy& other) { return *this = static_cast<T>(other); }

 private:
  thread_local_var<T>& object_;
  debug_info info_;
};

/// Integers and pointers. It may also stand at namespace scope: the values are the threads', and so
/// are new in every execution.
template <typename T>
class thread_local_var {
  static_assert(std::is_integral_v<T> || std::is_pointer_v<T> || std::is_enum_v<T>,
                "rl::thread_local_var holds integers and pointers, as in Relacy");

 public:
  thread_local_var() = default;
  thread_local_var(const thread_local_var&) = delete;
  thread_local_var& operator=(const thread_local_var&) = delete;

  thread_local_proxy<T> operator()(debug_info info) { return {*this, info}; }
  T get(debug_info info = debug_info::current()) const {
    return (T)(heddle::sync::thread_value(this, info));
  }
  void set(T value, debug_info info = debug_info::current()) {
    heddle::sync::thread_value(this, info) = (std::uint64_t)(value);
  }
};

}  // namespace rl

#define TLS_T(...) ::rl::thread_local_var<__VA_ARGS__>
