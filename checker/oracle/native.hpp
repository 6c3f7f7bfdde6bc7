// Runs an oracle program as a scenario of the checker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "checker/oracle/program.hpp"

namespace heddle::oracle {

/// Final states that a scenario body reached. Its memory is allocated before the scenario runs:
/// what scenario code allocates belongs to the scenario and does not survive the execution.
class Recorder {
 public:
  explicit Recorder(std::size_t capacity) : capacity_(capacity) { seen_.reserve(capacity); }

  /// Called at the end of the body. The body may run again for states that were recorded before,
  /// and only runs for combinations of values that the checker did not see yet, so this says
  /// nothing about counts.
  void record(const FinalState& state);

  /// Throws std::length_error if states had to be dropped.
  std::set<FinalState> states() const;

 private:
  std::size_t capacity_;
  std::vector<FinalState> seen_;
  bool dropped_ = false;
};

/// What a program's plain locations are, and what its threads leave their registers in.
enum class Data : std::uint8_t {
  variables,       // api::var
  plain_on_stack,  // plain memory, of the main thread's stack
  plain_on_heap,   // plain memory, allocated by the main thread
};

/// A scenario body that does what `program` says: the main thread makes the objects, spawns the
/// threads, joins them and records the final state. `program` and `recorder` must outlive it.
std::function<void()> native_body(const Program& program, Recorder& recorder,
                                  Data data = Data::variables);

}  // namespace heddle::oracle
