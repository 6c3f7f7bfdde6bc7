// For the tests of this folder: smallest scenarios that show each kind of error, and their repair.
#pragma once

#include <array>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "checker/api/api.hpp"
#include "checker/session/session.hpp"

namespace heddle {

inline constexpr auto relaxed = std::memory_order_relaxed;
inline constexpr auto acquire = std::memory_order_acquire;
inline constexpr auto release = std::memory_order_release;

struct ErrorCase {
  std::string name;
  ViolationKind kind;
  // Those that show it; it holds under the others.
  std::set<std::string> models = {"sc", "tso", "ra", "rc11", "cpp20"};
  std::vector<std::string> says;  // what the message must contain
  // What the trace's two steps must be, as shown() says it: "1 store x", or "" for none.
  std::string at;
  std::string other;
  std::function<void()> body;
  std::function<void()> repaired = {};
  bool repeatable = true;  // a trace of it can be run again
};

std::vector<ErrorCase> access_error_cases();
std::vector<ErrorCase> lifetime_error_cases();
std::vector<ErrorCase> wait_error_cases();
std::vector<ErrorCase> broken_cases();
std::vector<ErrorCase> misuse_cases();
std::vector<ErrorCase> library_error_cases();

inline std::vector<ErrorCase> joined(std::vector<ErrorCase> first,
                                     const std::vector<ErrorCase>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

inline std::vector<ErrorCase> all_error_cases() {
  std::vector<ErrorCase> all;
  for (const auto& part : {access_error_cases(), lifetime_error_cases(), wait_error_cases(),
                           broken_cases(), misuse_cases(), library_error_cases()}) {
    all = joined(std::move(all), part);
  }
  return all;
}

inline Scenario scenario_of(std::string name, std::function<void()> body) {
  return {.name = std::move(name),
          .summary = "",
          .parameters = {},
          .expectations = {},
          .body = std::move(body)};
}

inline Result check_body(std::function<void()> body, Options options = {}) {
  return check(scenario_of("test", std::move(body)), options);
}

/// Checks to the end, whatever is found.
inline Result count_body(std::function<void()> body, std::string model, bool spurious = false) {
  return check_body(std::move(body),
                    {.model = std::move(model), .keep_going = true, .spurious = spurious});
}

/// "thread operation object" of a step, counted from 1; "" for step 0.
inline std::string shown(const trace::Trace& trace, std::uint32_t step) {
  if (step == 0 || step > trace.steps.size()) return step == 0 ? "" : "no such step";
  const trace::Step& it = trace.steps[step - 1];
  return std::to_string(it.thread) + " " + it.operation + (it.object.empty() ? "" : " ") +
         it.object;
}

/// Runs the bodies as threads 1, 2, ... and waits for them.
template <typename... Bodies>
void run_threads(Bodies... bodies) {
  const std::array<std::uint32_t, sizeof...(Bodies)> numbers{api::spawn(bodies)...};
  for (const std::uint32_t number : numbers) api::join(number);
}

}  // namespace heddle
