// thread, jthread, this_thread and stop tokens, as in the standard.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <tuple>
#include <utility>

#include "checker/api/control.hpp"
#include "checker/api/thread.hpp"
#include "checker/sync/interrupts.hpp"
#include "checker/sync/stop_token.hpp"
#include "checker/sync/thread_value.hpp"

namespace heddle::sync {

/// Starts a thread as api::spawn does, with what at_thread_end() promises.
template <typename Body>
std::uint32_t start_thread(Body body, api::Site site = api::Site::current()) {
  const std::uint64_t created = create_interruptible(site);
  const std::uint32_t number = api::spawn(
      [body, created, site]() mutable {
        start_interruptible(created, site);
        body();
        end_thread(site);
      },
      site);
  note_child(number, site);
  return number;
}

/// std::thread. The function and its arguments must be copyable: each run starts from a copy.
class thread {
 public:
  class id {
   public:
    id() = default;
    explicit id(std::uint32_t number) : number_(number) {}
    auto operator<=>(const id&) const = default;
    std::uint32_t number() const { return number_; }
    template <typename Char, typename Traits>
    friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& stream,
                                                        id self) {
      return self == id() ? stream << "no thread" : stream << self.number_;
    }

   private:
    std::uint32_t number_ = ~std::uint32_t{0};
  };
  using native_handle_type = std::uint32_t;

  thread() noexcept = default;
  template <typename Function, typename... Args>
  requires(!std::is_same_v<std::remove_cvref_t<Function>, thread>) explicit thread(
      Function&& function, Args&&... args) {
    start(std::forward<Function>(function), std::forward<Args>(args)...);
  }
  thread(thread&& other) noexcept { swap(other); }
  thread& operator=(thread&& other) noexcept {
    expect_none("a thread object is assigned to while it has a thread");
    number_ = std::exchange(other.number_, 0);
    return *this;
  }
  ~thread() { expect_none("a thread object is destroyed, but its thread is not joined"); }

  bool joinable() const noexcept { return number_ != 0; }
  id get_id() const noexcept { return joinable() ? id(number_) : id(); }
  native_handle_type native_handle() const { return number_; }
  void join(api::Site site = api::Site::current()) {
    if (!joinable()) api::fail(api::Failure::terminated, "join() without a thread", site);
    api::join(std::exchange(number_, 0), site);
  }
  void detach(api::Site site = api::Site::current()) {
    if (!joinable()) api::fail(api::Failure::terminated, "detach() without a thread", site);
    number_ = 0;
  }
  void swap(thread& other) noexcept { std::swap(number_, other.number_); }
  static unsigned hardware_concurrency() noexcept { return 1; }

 private:
  template <typename Function, typename... Args>
  void start(Function&& function, Args&&... args) {
    using Call = std::tuple<std::decay_t<Function>, std::decay_t<Args>...>;
    static_assert(std::is_copy_constructible_v<Call>,
                  "heddle starts threads from copies: the function and its arguments must be "
                  "copyable");
    Call call(std::forward<Function>(function), std::forward<Args>(args)...);
    // Relacy's tests may give the source position behind the function.
    using Last = std::tuple_element_t<sizeof...(Args), Call>;
    if constexpr (sizeof...(Args) == 1 && std::is_convertible_v<Last, api::Site>) {
      number_ = start_thread(std::get<0>(call), std::get<1>(call));
    } else {
      number_ = start_thread([call]() mutable {
        std::apply([](auto&... parts) { std::invoke(std::move(parts)...); }, call);
      });
    }
  }
  void expect_none(const char* message) const {
    if (joinable()) api::fail(api::Failure::terminated, message);
  }

  std::uint32_t number_ = 0;
};

/// std::jthread: asks its thread to stop and joins it at its end.
class jthread {
 public:
  using id = thread::id;

  jthread() noexcept : stop_(nostopstate) {}
  template <typename Function, typename... Args>
  requires(!std::is_same_v<std::remove_cvref_t<Function>, jthread>) explicit jthread(
      Function&& function, Args&&... args)
      : stop_(),
        thread_(bound(stop_.get_token(), std::forward<Function>(function)),
                std::forward<Args>(args)...) {}
  jthread(jthread&&) noexcept = default;
  jthread& operator=(jthread&& other) noexcept {
    end();
    thread_ = std::move(other.thread_);
    stop_ = std::move(other.stop_);
    return *this;
  }
  ~jthread() { end(); }

  bool joinable() const noexcept { return thread_.joinable(); }
  id get_id() const noexcept { return thread_.get_id(); }
  void join(api::Site site = api::Site::current()) { thread_.join(site); }
  void detach(api::Site site = api::Site::current()) { thread_.detach(site); }
  stop_source get_stop_source() const { return stop_; }
  stop_token get_stop_token() const { return stop_.get_token(); }
  bool request_stop(api::Site site = api::Site::current()) { return stop_.request_stop(site); }

 private:
  /// The function with the token in front of its arguments, if it takes one.
  template <typename Function>
  static auto bound(stop_token token, Function&& function) {
    return [token, function = std::decay_t<Function>(std::forward<Function>(function))](
               auto&&... args) mutable {
      if constexpr (std::is_invocable_v<std::decay_t<Function>, stop_token, decltype(args)...>) {
        std::invoke(function, token, std::forward<decltype(args)>(args)...);
      } else {
        std::invoke(function, std::forward<decltype(args)>(args)...);
      }
    };
  }
  void end() {
    if (!joinable()) return;
    request_stop();
    join();
  }

  stop_source stop_;
  thread thread_;
};

namespace this_thread {

inline thread::id get_id() noexcept { return thread::id(api::thread_index()); }
/// Nothing: the checker recognises spin loops itself.
inline void yield() noexcept {}
/// Nothing: time is not modelled, and another thread may always come in between.
template <typename Duration>
void sleep_for(const Duration& /*time*/) {}
template <typename TimePoint>
void sleep_until(const TimePoint& /*time*/) {}

}  // namespace this_thread

}  // namespace heddle::sync
