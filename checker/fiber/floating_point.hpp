// How a thread's floating-point arithmetic rounds, and which exceptions it noted: the processor
// keeps both in registers that calls preserve or share.
#pragma once

#include <cstdint>

namespace heddle::fiber {

/// The control and status of a thread's arithmetic; on other processors than x86-64 nothing.
struct FloatingPoint {
  std::uint32_t vector = 0;   // MXCSR: SSE's and later ones' control and flags
  std::uint16_t control = 0;  // x87
  std::uint16_t noted = 0;    // x87's exception flags

  static constexpr std::uint32_t flags = 0x3f;

  bool operator==(const FloatingPoint&) const = default;

  static FloatingPoint current() {
    FloatingPoint result;
#if defined(__x86_64__)
    asm volatile("stmxcsr %0" : "=m"(result.vector));
    asm volatile("fnstcw %0" : "=m"(result.control));
    std::uint16_t status = 0;
    asm volatile("fnstsw %0" : "=a"(status));
    result.noted = status & flags;
#endif
    return result;
  }

  /// Makes it so for the running code.
  void restore() const {
#if defined(__x86_64__)
    const FloatingPoint now = current();
    if (now == *this) return;  // as nearly always
    asm volatile("ldmxcsr %0" : : "m"(vector));
    struct {
      std::uint16_t control, unused1, status, others[11];
    } environment;
    asm volatile("fnstenv %0" : "=m"(environment));
    environment.control = control;
    environment.status = static_cast<std::uint16_t>((environment.status & ~flags) | noted);
    asm volatile("fldenv %0" : : "m"(environment));
#endif
  }

  /// The same control, with nothing noted: as a thread begins.
  FloatingPoint without_flags() const { return {vector & ~flags, control, 0}; }
};

}  // namespace heddle::fiber
