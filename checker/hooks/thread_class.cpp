// std::thread's own functions, which access the object of the program's unannounced where they are
// part of a library.
#include <cerrno>
#include <system_error>
#include <thread>

#include "checker/hooks/exported.hpp"

namespace {

void announce(void* thread, bool writes) {
  auto* memory = heddle::hooks::explored();
  if (memory != nullptr) {
    memory->announce(thread, sizeof(std::thread), true, writes, HEDDLE_CALLER);
  }
}

}  // namespace

#pragma GCC visibility push(default)

void std::thread::join() {
  announce(this, false);
  int error = EINVAL;
  if (_M_id != id()) error = __gthread_join(_M_id._M_thread, nullptr);
  if (error != 0) throw system_error(error, generic_category());
  announce(this, true);
  _M_id = id();
}

void std::thread::detach() {
  announce(this, false);
  int error = EINVAL;
  if (_M_id != id()) error = __gthread_detach(_M_id._M_thread);
  if (error != 0) throw system_error(error, generic_category());
  announce(this, true);
  _M_id = id();
}

#pragma GCC visibility pop
