// atomic_flag, and the standard's short names of atomics.
#pragma once

#include <cstddef>
#include <cstdint>

#include "checker/relacy/atomic.hpp"

namespace rl {

/// std::atomic_flag, clear at first.
class atomic_flag {
 public:
  atomic_flag(debug_info info = debug_info::current()) : flag_(false, info) {}
  atomic_flag(const atomic_flag&) = delete;
  atomic_flag& operator=(const atomic_flag&) = delete;

  void clear(memory_order order = mo_seq_cst, debug_info info = debug_info::current()) {
    flag_.store(false, order, info);
  }
  bool test_and_set(memory_order order = mo_seq_cst, debug_info info = debug_info::current()) {
    return flag_.exchange(true, order, info);
  }
  bool test(memory_order order = mo_seq_cst, debug_info info = debug_info::current()) const {
    return flag_.load(order, info);
  }
  // Templates, so that these are instantiated only where they are called: else every atomic<bool>
  // of every program would get a queue for waiting threads (see atomic).
  template <typename Flag = atomic<bool>>
  void wait(bool old, memory_order order = mo_seq_cst,
            debug_info info = debug_info::current()) const {
    static_cast<const Flag&>(flag_).wait(old, order, info);
  }
  template <typename Flag = atomic<bool>>
  void notify_one(debug_info info = debug_info::current()) {
    static_cast<Flag&>(flag_).notify_one(info);
  }
  template <typename Flag = atomic<bool>>
  void notify_all(debug_info info = debug_info::current()) {
    static_cast<Flag&>(flag_).notify_all(info);
  }

 private:
  atomic<bool> flag_;
};

using atomic_bool = atomic<bool>;
using atomic_address = atomic<void*>;

using atomic_char = atomic<char>;
using atomic_schar = atomic<signed char>;
using atomic_uchar = atomic<unsigned char>;
using atomic_short = atomic<short>;
using atomic_ushort = atomic<unsigned short>;
using atomic_int = atomic<int>;
using atomic_uint = atomic<unsigned int>;
using atomic_long = atomic<long>;
using atomic_ulong = atomic<unsigned long>;
using atomic_llong = atomic<long long>;
using atomic_ullong = atomic<unsigned long long>;
using atomic_char8_t = atomic<char8_t>;
using atomic_char16_t = atomic<char16_t>;
using atomic_char32_t = atomic<char32_t>;
using atomic_wchar_t = atomic<wchar_t>;

using atomic_int8_t = atomic<std::int8_t>;
using atomic_uint8_t = atomic<std::uint8_t>;
using atomic_int16_t = atomic<std::int16_t>;
using atomic_uint16_t = atomic<std::uint16_t>;
using atomic_int32_t = atomic<std::int32_t>;
using atomic_uint32_t = atomic<std::uint32_t>;
using atomic_int64_t = atomic<std::int64_t>;
using atomic_uint64_t = atomic<std::uint64_t>;
using atomic_int_least8_t = atomic<std::int_least8_t>;
using atomic_uint_least8_t = atomic<std::uint_least8_t>;
using atomic_int_least16_t = atomic<std::int_least16_t>;
using atomic_uint_least16_t = atomic<std::uint_least16_t>;
using atomic_int_least32_t = atomic<std::int_least32_t>;
using atomic_uint_least32_t = atomic<std::uint_least32_t>;
using atomic_int_least64_t = atomic<std::int_least64_t>;
using atomic_uint_least64_t = atomic<std::uint_least64_t>;
using atomic_int_fast8_t = atomic<std::int_fast8_t>;
using atomic_uint_fast8_t = atomic<std::uint_fast8_t>;
using atomic_int_fast16_t = atomic<std::int_fast16_t>;
using atomic_uint_fast16_t = atomic<std::uint_fast16_t>;
using atomic_int_fast32_t = atomic<std::int_fast32_t>;
using atomic_uint_fast32_t = atomic<std::uint_fast32_t>;
using atomic_int_fast64_t = atomic<std::int_fast64_t>;
using atomic_uint_fast64_t = atomic<std::uint_fast64_t>;
using atomic_intptr_t = atomic<std::intptr_t>;
using atomic_uintptr_t = atomic<std::uintptr_t>;
using atomic_size_t = atomic<std::size_t>;
using atomic_ptrdiff_t = atomic<std::ptrdiff_t>;
using atomic_intmax_t = atomic<std::intmax_t>;
using atomic_uintmax_t = atomic<std::uintmax_t>;

}  // namespace rl

#define RL_ATOMIC_FLAG_INIT ::rl::atomic_flag()
