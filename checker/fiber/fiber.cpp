#include "checker/fiber/fiber.hpp"

#include <cstdlib>

#include "checker/fiber/sanitizer.hpp"

namespace heddle::fiber {

using boost::context::detail::jump_fcontext;
using boost::context::detail::make_fcontext;
using boost::context::detail::transfer_t;

void Fiber::start(Body body, void* argument) {
  region_.rewind();
  body_ = body;
  argument_ = argument;
  inside_ = make_fcontext(region_.stack_top(), Region::stack_bytes, &Fiber::enter);
}

void Fiber::enter(transfer_t from) {
  auto* self = static_cast<Fiber*>(from.data);
  sanitizer::entered_fiber();
  self->outside_ = from.fctx;
  self->body_(self->argument_);
  std::abort();  // a body never returns
}

void Fiber::resume() {
  sanitizer::leave_for_fiber(region_.stack_top() - Region::stack_bytes, Region::stack_bytes);
  const transfer_t back = jump_fcontext(inside_, this);
  sanitizer::back_from_fiber();
  inside_ = back.fctx;
}

void Fiber::suspend() {
  sanitizer::leave_fiber();
  const transfer_t back = jump_fcontext(outside_, this);
  sanitizer::entered_fiber();
  outside_ = back.fctx;
}

void Fiber::abandon() {
  sanitizer::leave_fiber();
  jump_fcontext(outside_, this);
  std::abort();
}

}  // namespace heddle::fiber
