#include "checker/property/violation.hpp"

#include <iterator>

namespace heddle {

namespace {

// In the order of the kinds.
constexpr std::string_view names[] = {
    "assertion failed",
    "invariant failed",
    "data race",
    "use after free",
    "double free",
    "leak",
    "resource leak",
    "uninitialised read",
    "deadlock",
    "endless spin",
    "unlock without ownership",
    "recursive lock",
    "destruction of a held lock",
    "upgrade of a shared lock",
    "downgrade of an exclusive lock",
    "mutex initialised twice",
    "uninitialised mutex",
    "condition variable initialised twice",
    "uninitialised condition variable",
    "semaphore initialised twice",
    "uninitialised semaphore",
    "event initialised twice",
    "uninitialised event",
    "thread signalled",
    "terminate",
    "condition reached",
    "step bound",
    "escaped exception",
    "stack overflow",
    "crash",
    "nondeterminism",
    "unmodelled memory",
    "unmodelled call",
    "misuse",
};
static_assert(std::size(names) == static_cast<std::size_t>(ViolationKind::misuse) + 1);

}  // namespace

std::string_view to_string(ViolationKind kind) {
  const auto number = static_cast<std::size_t>(kind);
  return number < std::size(names) ? names[number] : "unknown violation";
}

bool is_broken(ViolationKind kind) {
  switch (kind) {
    case ViolationKind::stack_overflow:
    case ViolationKind::crash:
    case ViolationKind::nondeterminism:
    case ViolationKind::unmodelled_memory:
    case ViolationKind::unmodelled_call:
    case ViolationKind::misuse:
      return true;
    default:
      return false;
  }
}

}  // namespace heddle
