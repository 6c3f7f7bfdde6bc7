// A thread of control of a scenario: runs on its own stack, in the checker's operating-system
// thread.
#pragma once

#include <boost/context/detail/fcontext.hpp>

#include "checker/fiber/region.hpp"

namespace heddle::fiber {

/// One scenario thread's flow of control. The checker resumes it, it suspends itself; nothing else
/// runs in between.
class Fiber {
 public:
  using Body = void (*)(void* argument);

  explicit Fiber(std::uint32_t number) : region_(number) {}

  /// Starts over: rewinds the memory; the next resume() calls body(argument), which must never
  /// return. What the fiber was doing is dropped without running destructors: its memory is all in
  /// the region.
  void start(Body body, void* argument);

  /// Runs the fiber until it suspends or is abandoned. Only from outside.
  void resume();
  /// Goes back to resume()'s caller. Only from inside.
  void suspend();
  /// Goes back to resume()'s caller for good: the fiber can only be started again. From a signal
  /// handler too.
  [[noreturn]] void abandon();

  Region& region() { return region_; }
  const Region& region() const { return region_; }

 private:
  static void enter(boost::context::detail::transfer_t from);

  Region region_;
  boost::context::detail::fcontext_t inside_ = nullptr;
  boost::context::detail::fcontext_t outside_ = nullptr;
  Body body_ = nullptr;
  void* argument_ = nullptr;
};

}  // namespace heddle::fiber
