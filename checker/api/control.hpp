// Properties, assumptions, waiting and choice: what a scenario says beside its shared accesses.
#pragma once

#include <concepts>
#include <cstdlib>

#include "checker/api/op.hpp"

namespace heddle::api {

/// Orders the calling thread's accesses as std::atomic_thread_fence does.
inline void fence(std::memory_order order, Site site = Site::current()) {
  perform({.kind = OpKind::fence, .order = order, .site = site});
}

/// Reports a violation with `message` if `condition` is false.
inline void check(bool condition, const char* message, Site site = Site::current()) {
  if (!condition) perform({.kind = OpKind::fail, .text = message, .site = site});
}

/// Reports a violation of another kind than a failed check. Does not return, except from an
/// invariant.
inline void fail(Failure failure, const char* message, Site site = Site::current()) {
  perform({.kind = OpKind::fail,
           .operand = static_cast<std::uint64_t>(failure),
           .text = message,
           .site = site});
}

/// Leaves a text in the report of an execution, where the caller comes by. No effect.
inline void note(const char* text, Site site = Site::current()) {
  perform({.kind = OpKind::note, .text = text, .site = site});
}

/// Says that the scenario itself is wrong, in a way that no property covers: it can't be checked.
[[noreturn]] inline void misuse(const char* message, Site site = Site::current()) {
  perform({.kind = OpKind::misuse, .text = message, .site = site});
  std::abort();  // the engine has ended the thread
}

/// Drops the execution if `condition` is false: it is counted as blocked, never as a violation.
inline void assume(bool condition, Site site = Site::current()) {
  if (!condition) perform({.kind = OpKind::assume_fails, .site = site});
}

/// One of 0 .. n-1; every value is explored. `n` must be at least 1.
inline std::uint32_t choose(std::uint32_t n, Site site = Site::current()) {
  return static_cast<std::uint32_t>(
      perform({.kind = OpKind::choose, .operand = n, .site = site}).value);
}

/// Drops the execution if `condition` is false, where another one shows all that this one would: no
/// assumption of the scenario's, and no bound.
inline void skip_unless(bool condition, Site site = Site::current()) {
  if (!condition) perform({.kind = OpKind::assume_fails, .weak = true, .site = site});
}

/// As choose(n), about how the wait that follows may end: 0 stands for what it waits for, n - 1 for
/// a time-out, or whatever else gives it up.
inline std::uint32_t choose_end_of_wait(std::uint32_t n, Site site = Site::current()) {
  return static_cast<std::uint32_t>(
      perform({.kind = OpKind::choose, .operand = n, .expected = 1, .site = site}).value);
}

/// Whether a wait that could be given up again and again ends in this way once more. That is not
/// explored, which `bound` says as a clause: "at most one time-out per wait". Yet the checker looks
/// whether it would lead anywhere, where nothing else can happen.
inline bool gives_up_again(const char* bound, Site site = Site::current()) {
  return perform({.kind = OpKind::choose,
                  .weak = true,
                  .operand = 2,
                  .expected = 1,
                  .text = bound,
                  .site = site})
             .value == 1;
}

/// Says that an alternative is left out here, as a clause: "at most one time-out per wait".
inline void note_bound(const char* clause, Site site = Site::current()) {
  engine(site).note_bound(clause);
}

/// Waits until `predicate` is true. The predicate may load modelled objects but must not change
/// anything. Rounds in which it is false are not explored: they have no effect. A wait that can
/// never end is reported.
template <std::predicate P>
void await(P predicate, Site site = Site::current()) {
  perform({.kind = OpKind::await_begin, .site = site});
  // A failed round does not return: the checker resumes the thread with values that end the wait.
  if (!predicate()) perform({.kind = OpKind::await_retry, .site = site});
}

/// As await(), but the wait may also end for another reason, a time-out say, which the caller
/// explores by itself: `if (choose_end_of_wait(2) == 0) await_or_give_up(predicate);`. So where the
/// predicate never becomes true, that is no deadlock: the execution counts as blocked.
template <std::predicate P>
void await_or_give_up(P predicate, Site site = Site::current()) {
  perform({.kind = OpKind::await_begin, .weak = true, .site = site});
  if (!predicate()) perform({.kind = OpKind::await_retry, .weak = true, .site = site});
}

/// Names an object for reports: `name(x, "x")`. The label is copied.
template <typename T>
void name(const T& object, const char* label, Site site = Site::current()) {
  engine(site).name(&object, label);
}

/// The value of a parameter that the scenario declares, as set by `--set NAME=VALUE` or by default.
inline std::int64_t parameter(const char* name, Site site = Site::current()) {
  return engine(site).parameter(name);
}

}  // namespace heddle::api
