// A trace in the formats of other programs. Every function escapes what its format takes for
// syntax, so that names and messages may hold anything.
#pragma once

#include <string>
#include <vector>

#include "checker/trace/trace.hpp"

namespace heddle::exports {

/// One page that shows the trace in a browser: it needs no other file and no network.
std::string html(const trace::Trace& trace);

/// The execution graph in Graphviz' DOT language: a column per thread; po, rf, co and hb as
/// edges, without those that follow from others. `all_steps`: also the setup and minor steps.
std::string dot(const trace::Trace& trace, bool all_steps);

/// The trace event format of Chrome's tracing and Perfetto (JSON): a track per thread, a
/// millisecond per step, reads-from and happens-before as flows.
std::string perfetto(const trace::Trace& trace);

/// SARIF 2.1.0 with a result per trace that has a violation; its steps are a code flow.
std::string sarif(const std::vector<trace::Trace>& traces);

/// One run of a scenario, as continuous integration sees it.
struct TestCase {
  std::string name;    // "message_passing (ordered = 0)"
  std::string suite;   // the memory model
  double seconds = 0;  // 0 if unknown
  enum class Ending { passed, failed, error } ending = Ending::passed;
  std::string kind;     // in a word or two, if it did not pass: "data race"
  std::string message;  // a sentence
  std::string details;  // lines of text: the counterexample
  std::string file;     // where it went wrong; may be empty
  std::string note;     // what to know about it also if it passed; may be empty
};

/// JUnit's XML, as continuous integration reads it.
std::string junit(const std::vector<TestCase>& cases);

/// The test case that a saved trace is: failed with its violation, or passed.
TestCase test_case(const trace::Trace& trace);

}  // namespace heddle::exports
