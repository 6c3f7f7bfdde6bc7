// Before any standard header: brings the usual ones, with other names for what libstdc++ has of its
// own concurrency, which its headers need among themselves; the rest of that counts as included.
#pragma once

#if defined(_GLIBCXX_ATOMIC) || defined(_GLIBCXX_MUTEX) || defined(_GLIBCXX_THREAD) || \
    defined(_GLIBCXX_CONDITION_VARIABLE) || defined(_GLIBCXX_MEMORY)
#error \
    "relacy_std.hpp must be the first header of the file: the standard library's own std::atomic \
or std::mutex is there already"
#endif

#define atomic libstdcxx_atomic
#define atomic_flag libstdcxx_atomic_flag
#define atomic_thread_fence libstdcxx_atomic_thread_fence
#define atomic_signal_fence libstdcxx_atomic_signal_fence
#define mutex libstdcxx_mutex
#define lock_guard libstdcxx_lock_guard
#define adopt_lock libstdcxx_adopt_lock
#define adopt_lock_t libstdcxx_adopt_lock_t
#define defer_lock libstdcxx_defer_lock
#define defer_lock_t libstdcxx_defer_lock_t
#define try_to_lock libstdcxx_try_to_lock
#define try_to_lock_t libstdcxx_try_to_lock_t

#define HEDDLE_STD_PROLOGUE

// std::memory_order is the real one.
#define _GLIBCXX_ATOMIC 1
#include <bits/atomic_base.h>

#include "checker/relacy/front/std_headers.hpp"

#undef HEDDLE_STD_PROLOGUE
#undef atomic
#undef atomic_flag
#undef atomic_thread_fence
#undef atomic_signal_fence
#undef mutex
#undef lock_guard
#undef adopt_lock
#undef adopt_lock_t
#undef defer_lock
#undef defer_lock_t
#undef try_to_lock
#undef try_to_lock_t

#define _GLIBCXX_MUTEX 1
#define _GLIBCXX_SHARED_MUTEX 1
#define _GLIBCXX_CONDITION_VARIABLE 1
#define _GLIBCXX_THREAD 1
#define _GLIBCXX_STOP_TOKEN 1
#define _GLIBCXX_SEMAPHORE 1
#define _GLIBCXX_LATCH 1
#define _GLIBCXX_BARRIER 1
#define _GLIBCXX_FUTURE 1
