// The standard's names of concurrency for Relacy's.
#pragma once

#include "checker/relacy/atomic_types.hpp"
#include "checker/relacy/mutex.hpp"
#include "checker/relacy/thread.hpp"

namespace std {

using rl::mo_acq_rel;
using rl::mo_acquire;
using rl::mo_consume;
using rl::mo_relaxed;
using rl::mo_release;
using rl::mo_seq_cst;

using rl::atomic;
using rl::atomic_flag;
using rl::atomic_signal_fence;
using rl::atomic_thread_fence;

using rl::atomic_address;
using rl::atomic_bool;
using rl::atomic_char;
using rl::atomic_char16_t;
using rl::atomic_char32_t;
using rl::atomic_char8_t;
using rl::atomic_int;
using rl::atomic_int16_t;
using rl::atomic_int32_t;
using rl::atomic_int64_t;
using rl::atomic_int8_t;
using rl::atomic_int_fast16_t;
using rl::atomic_int_fast32_t;
using rl::atomic_int_fast64_t;
using rl::atomic_int_fast8_t;
using rl::atomic_int_least16_t;
using rl::atomic_int_least32_t;
using rl::atomic_int_least64_t;
using rl::atomic_int_least8_t;
using rl::atomic_intmax_t;
using rl::atomic_intptr_t;
using rl::atomic_llong;
using rl::atomic_long;
using rl::atomic_ptrdiff_t;
using rl::atomic_schar;
using rl::atomic_short;
using rl::atomic_size_t;
using rl::atomic_uchar;
using rl::atomic_uint;
using rl::atomic_uint16_t;
using rl::atomic_uint32_t;
using rl::atomic_uint64_t;
using rl::atomic_uint8_t;
using rl::atomic_uint_fast16_t;
using rl::atomic_uint_fast32_t;
using rl::atomic_uint_fast64_t;
using rl::atomic_uint_fast8_t;
using rl::atomic_uint_least16_t;
using rl::atomic_uint_least32_t;
using rl::atomic_uint_least64_t;
using rl::atomic_uint_least8_t;
using rl::atomic_uintmax_t;
using rl::atomic_uintptr_t;
using rl::atomic_ullong;
using rl::atomic_ulong;
using rl::atomic_ushort;
using rl::atomic_wchar_t;

using rl::adopt_lock;
using rl::adopt_lock_t;
using rl::barrier;
using rl::binary_semaphore;
using rl::call_once;
using rl::condition_variable;
using rl::condition_variable_any;
using rl::counting_semaphore;
using rl::cv_status;
using rl::defer_lock;
using rl::defer_lock_t;
using rl::latch;
using rl::lock;
using rl::lock_guard;
using rl::mutex;
using rl::once_flag;
using rl::recursive_mutex;
using rl::recursive_timed_mutex;
using rl::scoped_lock;
using rl::shared_lock;
using rl::shared_mutex;
using rl::shared_timed_mutex;
using rl::timed_mutex;
using rl::try_to_lock;
using rl::try_to_lock_t;
using rl::unique_lock;

using rl::jthread;
using rl::nostopstate;
using rl::nostopstate_t;
using rl::stop_source;
using rl::stop_token;
using rl::thread;

// No alias: code may add to the namespace.
namespace this_thread {
using namespace rl::this_thread;
}

template <>
struct hash<thread::id> {
  size_t operator()(const thread::id& id) const noexcept { return hash<uint32_t>()(id.number()); }
};

}  // namespace std

#undef __cpp_lib_atomic_ref
#undef __cpp_lib_atomic_shared_ptr
#define __cpp_lib_scoped_lock 201703L
#define __cpp_lib_shared_mutex 201505L
#define __cpp_lib_shared_timed_mutex 201402L
#define __cpp_lib_jthread 201911L
#define __cpp_lib_semaphore 201907L
#define __cpp_lib_latch 201907L
#define __cpp_lib_barrier 201907L

#undef ATOMIC_FLAG_INIT
#define ATOMIC_FLAG_INIT RL_ATOMIC_FLAG_INIT
