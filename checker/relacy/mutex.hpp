// The standard's locks and waits in Relacy's namespace. All take the source position as Relacy's
// do, so `m.lock($)` just works.
#pragma once

#include <type_traits>

#include "checker/relacy/site.hpp"
#include "checker/sync/condition_variable.hpp"
#include "checker/sync/mutex.hpp"
#include "checker/sync/once.hpp"
#include "checker/sync/semaphore.hpp"
#include "checker/sync/unique_lock.hpp"

namespace rl {

using heddle::sync::mutex;
using heddle::sync::recursive_mutex;
using heddle::sync::recursive_timed_mutex;
using heddle::sync::shared_mutex;
using heddle::sync::shared_timed_mutex;
using heddle::sync::timed_mutex;

using heddle::sync::adopt_lock;
using heddle::sync::adopt_lock_t;
using heddle::sync::defer_lock;
using heddle::sync::defer_lock_t;
using heddle::sync::lock;
using heddle::sync::lock_guard;
using heddle::sync::scoped_lock;
using heddle::sync::shared_lock;
using heddle::sync::try_to_lock;
using heddle::sync::try_to_lock_t;
using heddle::sync::unique_lock;

using heddle::sync::condition_variable;
using heddle::sync::condition_variable_any;
using heddle::sync::cv_status;

// The templates that Relacy's own names stand for.
struct mutex_tag_std;
struct mutex_tag_std_recursive;
template <typename Tag, bool recursive>
using std_generic_mutex = std::conditional_t<recursive, recursive_mutex, mutex>;
struct condvar_tag_std;
struct condvar_tag_std_any;
template <typename Tag>
using condition_variable_std = condition_variable;

using heddle::sync::barrier;
using heddle::sync::binary_semaphore;
using heddle::sync::call_once;
using heddle::sync::counting_semaphore;
using heddle::sync::latch;
using heddle::sync::once_flag;

}  // namespace rl
