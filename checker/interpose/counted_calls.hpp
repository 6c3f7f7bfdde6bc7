// Functions of the system that keep something from call to call (rand(), strtok(), streams). They
// may be called, but a loop that does so is no wait: what they keep is no part of a thread's state,
// so each call is taken to change it.
//
// A row defines the function, weakly as in refusal.hpp. It notes the call and goes on to the
// system's function with all arguments as they are, any number of them and floating-point ones
// included.
#pragma once

#include "checker/fiber/sanitizer.hpp"

// Only on x86-64 waits are recognised in loops at all. AddressSanitizer calls some of these before
// code that it instruments can run.
#if defined(__x86_64__) && !defined(HEDDLE_ASAN)
#define HEDDLE_COUNTS_CALLS 1
#endif

#ifdef HEDDLE_COUNTS_CALLS

/// How a call counts: an enumerator of heddle::interpose::Kept, as the number that it is.
#define HEDDLE_KEPT_STATE "0"
#define HEDDLE_KEPT_STREAM "1"
#define HEDDLE_KEPT_DESCRIPTOR "2"
#define HEDDLE_KEPT_STREAM_POSITION "3"
#define HEDDLE_KEPT_DESCRIPTOR_POSITION "4"
#define HEDDLE_KEPT_MAPPING "5"

#define HEDDLE_COUNT_AS(function, kept, argument)      \
  asm(".pushsection .rodata\n"                         \
      "1: .asciz \"" #function                         \
      "\"\n"                                           \
      ".popsection\n"                                  \
      ".pushsection heddle_counted,\"aw\",@progbits\n" \
      ".balign 8\n"                                    \
      "2: .quad 1b, 0\n"                               \
      ".long " kept ", " #argument                     \
      "\n"                                             \
      ".popsection\n"                                  \
      ".pushsection .text\n"                           \
      ".weak " #function                               \
      "\n"                                             \
      ".type " #function ", @function\n" #function     \
      ":\n"                                            \
      ".cfi_startproc\n"                               \
      "lea 2b(%rip), %r11\n"                           \
      "jmp heddle_counted_call\n"                      \
      ".cfi_endproc\n"                                 \
      ".size " #function ", . - " #function            \
      "\n"                                             \
      ".popsection\n");

#else
#define HEDDLE_COUNT_AS(function, kept, argument)
#endif

/// A row: the function has a state of its own.
#define HEDDLE_COUNT(function) HEDDLE_COUNT_AS(function, HEDDLE_KEPT_STATE, 0)
/// That of a stream, which is its argument of that number, from 0. What goes to standard output and
/// error does not come back, and does not count.
#define HEDDLE_COUNT_STREAM(function, argument) \
  HEDDLE_COUNT_AS(function, HEDDLE_KEPT_STREAM, argument)
/// The same with a descriptor.
#define HEDDLE_COUNT_DESCRIPTOR(function) HEDDLE_COUNT_AS(function, HEDDLE_KEPT_DESCRIPTOR, 0)
/// It tells how much was put out. That is refused of standard output and error.
#define HEDDLE_COUNT_STREAM_POSITION(function) \
  HEDDLE_COUNT_AS(function, HEDDLE_KEPT_STREAM_POSITION, 0)
#define HEDDLE_COUNT_DESCRIPTOR_POSITION(function) \
  HEDDLE_COUNT_AS(function, HEDDLE_KEPT_DESCRIPTOR_POSITION, 0)
/// It gives memory that is not watched: from then on nothing counts as a wait.
#define HEDDLE_COUNT_MAPPING(function) HEDDLE_COUNT_AS(function, HEDDLE_KEPT_MAPPING, 0)
