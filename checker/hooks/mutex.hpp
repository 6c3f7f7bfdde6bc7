// Mutexes, for what is built on them.
#pragma once

#include <pthread.h>

#include "checker/hooks/exported.hpp"

namespace heddle::hooks {

/// What pthread_mutex_lock() and its like return.
int lock(pthread_mutex_t* mutex, const Caller& caller);
int try_lock(pthread_mutex_t* mutex, const Caller& caller);
int lock_timed(pthread_mutex_t* mutex, const Caller& caller);
int unlock(pthread_mutex_t* mutex, const Caller& caller);

}  // namespace heddle::hooks
