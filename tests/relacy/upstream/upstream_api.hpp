// heddle::api on top of Relacy itself: our scenarios compile against it, to compare what Relacy
// finds. Relacy runs everything in one thread, so static variables serve.
#pragma once

#include <relacy/relacy.hpp>
//
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#undef assert
#undef malloc
#undef calloc
#undef realloc
#undef free

namespace heddle::api {

struct Site {
  constexpr Site() = default;
  Site(const rl::debug_info&) {}
  static constexpr Site current() { return {}; }
};

inline rl::memory_order upstream(std::memory_order order) {
  return static_cast<rl::memory_order>(static_cast<int>(order));
}

template <typename T>
class atomic {
 public:
  explicit atomic(Site = {}) {}
  atomic(T initial, Site = {}) : object_(initial) {}

  T load(std::memory_order order = std::memory_order_seq_cst, Site = {}) const {
    return object_.load(upstream(order), $);
  }
  void store(T value, std::memory_order order = std::memory_order_seq_cst, Site = {}) {
    object_.store(value, upstream(order), $);
  }
  T exchange(T value, std::memory_order order = std::memory_order_seq_cst, Site = {}) {
    return object_($).exchange(value, upstream(order));
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                               std::memory_order failure, Site = {}) {
    return object_($).compare_exchange_strong(expected, desired, upstream(success),
                                              upstream(failure));
  }
  template <typename U>
  T fetch_add(U amount, std::memory_order order = std::memory_order_seq_cst, Site = {}) {
    return object_($).fetch_add(amount, upstream(order));
  }
  template <typename U>
  T fetch_sub(U amount, std::memory_order order = std::memory_order_seq_cst, Site = {}) {
    return object_($).fetch_sub(amount, upstream(order));
  }
  T fetch_and(T mask, std::memory_order order = std::memory_order_seq_cst, Site = {}) {
    return object_($).fetch_and(mask, upstream(order));
  }
  T fetch_or(T mask, std::memory_order order = std::memory_order_seq_cst, Site = {}) {
    return object_($).fetch_or(mask, upstream(order));
  }

 private:
  rl::atomic<T> object_;
};

template <typename T>
class var {
 public:
  explicit var(Site = {}) {}
  var(const T& initial, Site = {}) : object_(initial) {}
  T get(Site = {}) const { return object_($); }
  void set(const T& value, Site = {}) { object_($) = value; }

 private:
  rl::var<T> object_;
};

class mutex {
 public:
  void lock(Site = {}) { object_.lock($); }
  void unlock(Site = {}) { object_.unlock($); }

 private:
  rl::mutex object_;
};

inline void fence(std::memory_order order, Site = {}) {
  rl::atomic_thread_fence(upstream(order), $);
}
inline void check(bool condition, const char* message, Site = {}) {
  if (!condition) rl::ctx().fail_test(message, rl::test_result_user_assert_failed, $);
}
template <typename P>
void await(P predicate, Site = {}) {
  while (!predicate()) rl::yield(1, $);
}
inline unsigned choose(unsigned n, Site = {}) { return rl::rand(n); }

/// Relacy's results list no bounds.
struct Engine {
  void note_bound(const char*) {}
};
inline Engine engine(Site = {}) { return {}; }

template <typename T>
void name(const T&, const char*, Site = {}) {}
inline void name_thread(const char*, Site = {}) {}

inline std::map<std::string, std::int64_t> settings;
inline std::int64_t parameter(const char* name, Site = {}) { return settings.at(name); }

inline rl::win_waitable_object* threads[8];
inline std::uint32_t thread_count = 0;

template <typename F>
std::uint32_t spawn(F body, Site = {}) {
  const auto run = [](void* copy) -> void* {
    (*static_cast<F*>(copy))();
    delete static_cast<F*>(copy);
    return nullptr;
  };
  threads[thread_count] = rl::ctx().create_thread(run, new F(body), nullptr);
  return thread_count++;
}
inline void join(std::uint32_t number, Site = {}) { threads[number]->wait(false, false, $); }

}  // namespace heddle::api
