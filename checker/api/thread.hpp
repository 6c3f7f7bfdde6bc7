// Threads created inside a scenario.
#pragma once

#include <utility>

#include "checker/api/value.hpp"

namespace heddle::api {

/// Starts a thread that runs a copy of `body` (any copyable callable) and returns its number, 1
/// to 64. What the caller did before happens-before the thread's first step.
template <typename F>
std::uint32_t spawn(F body, Site site = Site::current()) {
  const Reply reply = perform({.kind = OpKind::spawn,
                               .type = ValueType::boxed,
                               .operand = reinterpret_cast<std::uint64_t>(&body),
                               .box = &box_of_body<F>,
                               .site = site});
  return static_cast<std::uint32_t>(reply.value);
}

/// Waits for the end of thread `number`; what it did happens-before what follows.
inline void join(std::uint32_t number, Site site = Site::current()) {
  perform({.kind = OpKind::join, .operand = number, .site = site});
}

/// Lets `body` run on every reachable memory state while threads run, from this point until the
/// caller has joined them all. The body reads modelled objects and calls check(); it must not
/// change anything.
template <typename F>
void invariant(F body, Site site = Site::current()) {
  perform({.kind = OpKind::invariant,
           .type = ValueType::boxed,
           .operand = reinterpret_cast<std::uint64_t>(&body),
           .box = &box_of_body<F>,
           .site = site});
}

/// Names the calling thread for reports: "worker". The label is copied.
inline void name_thread(const char* label, Site site = Site::current()) {
  engine(site).name_thread(label);
}

/// Number of the calling thread; 0 is the scenario's main thread.
inline std::uint32_t thread_index() { return engine(Site::current()).thread_index(); }

}  // namespace heddle::api
