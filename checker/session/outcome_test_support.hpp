// For tests of what is built on the API: what is wrong with a body, as a sentence; "" if nothing.
#pragma once

#include <functional>
#include <string>

#include "checker/api/api.hpp"
#include "checker/session/session.hpp"

namespace heddle {

inline Result explore_body(const std::function<void()>& body, Options options = {}) {
  return check({.name = "test", .body = body}, options);
}

inline std::string outcome_of(const Result& result) {
  if (!result.counterexample) return result.reason.empty() ? "holds" : result.reason;
  const trace::Violation& violation = *result.counterexample->violation;
  return std::string(to_string(violation.kind)) + ": " + violation.message;
}

/// Explores the body to its end under several models; all must find nothing.
inline std::string problem_unless_holds(const std::function<void()>& body) {
  for (const char* model : {"sc", "rc11", "cpp20"}) {
    const Result result = explore_body(body, {.model = model});
    if (result.verdict != Verdict::holds) return std::string(model) + ": " + outcome_of(result);
    if (result.executions.complete == 0) return std::string(model) + ": no complete execution";
  }
  return "";
}

/// Some execution of the body must violate a property in this way, under each of several models.
inline std::string problem_unless_found(ViolationKind kind, const std::function<void()>& body) {
  for (const char* model : {"sc", "rc11", "cpp20"}) {
    const Result result = explore_body(body, {.model = model, .wanted = kind});
    if (result.counterexample && result.counterexample->violation->kind == kind) continue;
    return std::string(model) + ": " + outcome_of(result) + ", not " + std::string(to_string(kind));
  }
  return "";
}

/// Whether some execution of the body comes to a place where it calls what it is given.
inline bool reaches(const std::function<void(const std::function<void()>&)>& body,
                    const char* model = "cpp20") {
  const auto reached = [] { api::fail(api::Failure::condition_reached, "reached"); };
  const Result result = explore_body([&] { body(reached); },
                                     {.model = model, .wanted = ViolationKind::condition_reached});
  return result.counterexample &&
         result.counterexample->violation->kind == ViolationKind::condition_reached;
}

/// Runs the bodies as threads 1, 2, ... and waits for them.
template <typename... Bodies>
void run_in_threads(Bodies... bodies) {
  const std::uint32_t numbers[] = {api::spawn(bodies)...};
  for (const std::uint32_t number : numbers) api::join(number);
}

}  // namespace heddle
