// Numbers that each thread keeps for itself: depths of recursion, thread-local variables, errno.
#pragma once

#include <cstdint>

#include "checker/api/op.hpp"

namespace heddle::sync {

/// The calling thread's own number for `key` (any address), 0 at first. It lives as long as the
/// thread. No other thread sees it, so it needs no event; a loop that changes it is no wait.
std::uint64_t& thread_value(const void* key, api::Site site = api::Site::current());

/// Lets the calling thread call `function(argument)` at its end; the last one given comes first.
void at_thread_end(void (*function)(void*), void* argument, api::Site site = api::Site::current());

/// Notes that the calling thread started another one.
void note_child(std::uint32_t thread, api::Site site = api::Site::current());
/// Waits for the ends of all threads that the calling thread started, joined ones included.
void join_children(api::Site site = api::Site::current());

/// Calls what at_thread_end() was given. Whoever starts threads calls it behind their bodies.
void end_thread(api::Site site = api::Site::current());

}  // namespace heddle::sync
