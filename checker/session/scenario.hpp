// What a scenario is: a body to explore, its parameters, and what is expected of it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace heddle {

namespace runtime {
class AnnouncedCode;
}

enum class Verdict : std::uint8_t {
  holds,       // every execution was explored and none violates a property
  violated,    // a counterexample was found
  incomplete,  // a limit was hit before the exploration ended
  broken,      // it can't be checked: a crash, nondeterminism, unmodelled shared memory
};

/// A number that a user may set with `--set NAME=VALUE`.
struct Parameter {
  std::string name = {};
  std::int64_t initial = 0;
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::string help = {};
};

using Settings = std::map<std::string, std::int64_t>;

/// The known answer for one setting of the parameters: pinned beside the scenario, checked by the
/// tests.
struct Expectation {
  Settings settings = {};                // what differs from the parameters' initial values
  std::vector<std::string> models = {};  // the memory models that this is about; empty: every model
  Verdict verdict = Verdict::holds;
  /// The number of complete executions of a whole exploration (with --keep-going).
  std::optional<std::uint64_t> complete = {};
};

struct Scenario {
  std::string name = {};     // lower-case words joined by '_'
  std::string summary = {};  // one line: what is checked
  std::vector<Parameter> parameters = {};
  std::vector<Expectation> expectations = {};
  std::function<void()> body = {};  // runs as thread 0
  // Of a program whose code announces its accesses to memory; it must outlive all runs.
  runtime::AnnouncedCode* announced = nullptr;
};

}  // namespace heddle
