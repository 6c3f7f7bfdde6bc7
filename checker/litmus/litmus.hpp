// Litmus tests: from the text of a file to the final states that a memory model allows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/litmus/syntax.hpp"
#include "checker/session/session.hpp"

namespace heddle::litmus {

/// Reads herd7's dialect of C11. `file` is where the text comes from: it stands in messages, and
/// gives a test called "--" its name. Throws Error if the text is no litmus test, or uses something
/// that is not supported. See "Litmus tests" in the documentation.
Test parse(std::string_view text, const std::string& file);

struct Options {
  std::string model = heddle::Options{}.model;  // one of model_names()
  bool spurious = true;          // weak compare_exchange may fail spuriously, as in herd7
  std::uint64_t executions = 0;  // at most so many; 0: no limit
  double seconds = 0;            // at most so long; 0: no limit
};

enum class Outcome : std::uint8_t {
  complete,    // every execution was explored: the numbers are exact
  racy,        // two plain accesses race, so that C11 gives the test no meaning
  incomplete,  // a limit was hit
  broken,      // the test divides by zero, shifts too far or is too long
};

/// A final state: the values of the first Test::shown of Test::observed, in that order.
struct State {
  std::vector<std::int32_t> values;
  std::uint64_t executions = 0;  // that end in it
  bool positive = false;         // whether the condition is true in it
};

struct Result {
  Outcome outcome = Outcome::complete;
  std::string message;           // unless complete: a sentence that says why
  Position at{0, 0};             // of racy and broken: where it shows; line 0: nowhere
  std::vector<State> states;     // sorted by values; only if complete, as all that follows
  std::uint64_t positive = 0;    // executions in which the condition is true
  std::uint64_t negative = 0;    // and those in which it is false
  bool ok = false;               // whether the test's quantifier is satisfied
  const char* observation = "";  // "Never", "Sometimes" or "Always"
};

/// Explores every execution of `test`. One exploration at a time in a process. Throws
/// std::invalid_argument for an unknown model.
Result run(const Test& test, const Options& options);

/// The scenario that `run` explores: thread 0 makes the objects, starts the threads and joins them.
/// It refers to `test`, which must live longer. Every object has a name, and every observed
/// register is stored at its thread's end in an object called "0:r0".
Scenario to_scenario(const Test& test);

/// A state as herd7 prints it: "0:r0=1; [x]=2;".
std::string state_text(const Test& test, const State& state);

/// The condition as herd7 prints it: "exists (0:r0=1 /\ [x]=2)".
std::string condition_text(const Test& test);

/// What herd7 prints for the test, without the lines Time and Hash; ends with an empty line.
std::string herd_text(const Test& test, const Result& result);

}  // namespace heddle::litmus
