// Threads that a test starts by itself, in Relacy's namespace.
#pragma once

#include "checker/relacy/site.hpp"
#include "checker/sync/thread.hpp"

namespace rl {

using heddle::sync::jthread;
using heddle::sync::nostopstate;
using heddle::sync::nostopstate_t;
using heddle::sync::stop_source;
using heddle::sync::stop_token;
using heddle::sync::thread;
namespace this_thread = heddle::sync::this_thread;

/// A thread that runs a C function.
class dyn_thread {
 public:
  dyn_thread() = default;
  dyn_thread(const dyn_thread&) = delete;
  dyn_thread& operator=(const dyn_thread&) = delete;

  void start(void* (*function)(void*), void* argument, debug_info info = debug_info::current()) {
    number_ = heddle::sync::start_thread([function, argument] { function(argument); }, info);
  }
  void join(debug_info info = debug_info::current()) { heddle::api::join(number_, info); }

 private:
  std::uint32_t number_ = 0;
};

}  // namespace rl
