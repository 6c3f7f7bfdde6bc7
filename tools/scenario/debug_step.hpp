// Where a debugger can stop at each step of a replay.
#pragma once

#include <cstdint>

/// Does nothing. A replay with --step-through calls it just before each step, on the stack of the
/// thread that does it; the commands of heddle_gdb.py set a breakpoint here. Has C linkage, so that
/// its name is the same for every compiler and needs no debug information.
extern "C" void heddle_debug_step(std::uint32_t step);
