// Objects that are begun and ended by calls, as those of pthreads are.
#pragma once

#include <cstddef>
#include <new>

#include "checker/api/control.hpp"
#include "checker/api/var.hpp"

namespace heddle::sync {

/// What is wrong where such an object is used at the wrong time.
struct InitialisedKind {
  api::Failure twice;
  api::Failure uninitialised;
  const char* says_twice;
  const char* says_uninitialised;
};

inline constexpr InitialisedKind mutex_kind = {
    api::Failure::mutex_initialised_twice, api::Failure::mutex_uninitialised,
    "a mutex is initialised that is already", "a mutex is used that is not initialised"};
inline constexpr InitialisedKind condition_kind = {
    api::Failure::condition_initialised_twice, api::Failure::condition_uninitialised,
    "a condition variable is initialised that is already",
    "a condition variable is used that is not initialised"};
inline constexpr InitialisedKind semaphore_kind = {
    api::Failure::semaphore_initialised_twice, api::Failure::semaphore_uninitialised,
    "a semaphore is initialised that is already", "a semaphore is used that is not initialised"};

/// A place for an `Object`, which must hold no memory of its own: only modelled objects. Whether
/// the object is there is a plain variable, so initialising it while others use it is a race.
template <typename Object, const InitialisedKind& kind>
class initialised {
 public:
  explicit initialised(api::Site site = api::Site::current()) : state_(State::none, site) {}
  /// A copy is a new place.
  initialised(const initialised& /*other*/) : initialised() {}
  initialised& operator=(const initialised& /*other*/) { return *this; }
  ~initialised() {
    const State state = state_.get();
    if (state == State::by_call) {
      api::fail(api::Failure::resource_leak, "what was initialised is never destroyed");
    }
    if (state != State::none) object().~Object();
  }

  template <typename... Args>
  void init(api::Site site, Args... args) {
    if (state_.get(site) != State::none) api::fail(kind.twice, kind.says_twice, site);
    new (place_) Object(args..., site);
    state_.set(State::by_call, site);
  }
  void deinit(api::Site site) {
    get(site).~Object();
    state_.set(State::none, site);
  }
  Object& get(api::Site site) {
    if (state_.get(site) == State::none) {
      api::fail(kind.uninitialised, kind.says_uninitialised, site);
    }
    return object();
  }

 protected:
  /// From a static initialiser: nobody has to destroy it.
  template <typename... Args>
  void init_statically(api::Site site, Args... args) {
    new (place_) Object(args..., site);
    state_.set(State::statically, site);
  }

 private:
  enum class State : std::uint8_t { none, by_call, statically };

  Object& object() { return *reinterpret_cast<Object*>(place_); }

  api::var<State> state_;
  std::byte place_[sizeof(Object)];
};

}  // namespace heddle::sync
