#include "checker/property/violation.hpp"

namespace heddle {

std::string_view to_string(ViolationKind kind) {
  switch (kind) {
    case ViolationKind::assertion_failed:
      return "assertion failed";
    case ViolationKind::invariant_failed:
      return "invariant failed";
    case ViolationKind::data_race:
      return "data race";
    case ViolationKind::use_after_free:
      return "use after free";
    case ViolationKind::double_free:
      return "double free";
    case ViolationKind::leak:
      return "leak";
    case ViolationKind::uninitialised_read:
      return "uninitialised read";
    case ViolationKind::deadlock:
      return "deadlock";
    case ViolationKind::endless_spin:
      return "endless spin";
    case ViolationKind::mutex_misuse:
      return "mutex misuse";
    case ViolationKind::step_bound:
      return "step bound";
    case ViolationKind::escaped_exception:
      return "escaped exception";
    case ViolationKind::stack_overflow:
      return "stack overflow";
    case ViolationKind::crash:
      return "crash";
    case ViolationKind::nondeterminism:
      return "nondeterminism";
    case ViolationKind::unmodelled_memory:
      return "unmodelled memory";
    case ViolationKind::misuse:
      return "misuse";
  }
  return "unknown violation";
}

bool is_broken(ViolationKind kind) {
  switch (kind) {
    case ViolationKind::stack_overflow:
    case ViolationKind::crash:
    case ViolationKind::nondeterminism:
    case ViolationKind::unmodelled_memory:
    case ViolationKind::misuse:
      return true;
    default:
      return false;
  }
}

}  // namespace heddle
