// Gives names their meaning: what the parser leaves open and C's grammar doesn't say.
#pragma once

#include "checker/litmus/syntax.hpp"

namespace heddle::litmus {

/// Fills the members of `test` that are "filled by the check", and every index. Throws Error for
/// undeclared and doubly declared names, threads with the same number, accesses that mix atomic
/// and plain, several shared accesses whose order C leaves open, and too many of anything.
void check(Test& test);

/// Resolves the names in the code of one thread: its registers, and its parameters as places in
/// test.objects.
void check_code(Test& test, Thread& thread);

/// Refuses objects that are accessed both as atomics and as plain data, decides of all others which
/// they are.
void check_accesses(Test& test);

/// Resolves the condition, the filter and the locations, and fills test.observed.
void check_condition(Test& test);

/// The register's place in the thread, or `unresolved`.
std::uint32_t find_register(const Thread& thread, const std::string& name);
/// The object's place in test.objects, or `unresolved`.
std::uint32_t find_object(const Test& test, const std::string& name);
/// The thread with that number, or null.
Thread* find_thread(Test& test, std::uint32_t number);

}  // namespace heddle::litmus
