#include "tools/scenario/debug_step.hpp"

[[gnu::noinline]] void heddle_debug_step(std::uint32_t step) {
  asm volatile("" : : "r"(step) : "memory");  // neither the call nor the argument goes away
}
