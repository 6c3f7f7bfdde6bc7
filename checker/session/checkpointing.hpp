// An exploration that can be ended at any moment, and gone on with later.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "checker/jobs/checkpoint.hpp"
#include "checker/jobs/checkpoint_file.hpp"
#include "checker/jobs/parallel.hpp"
#include "checker/session/session.hpp"

namespace heddle {

/// Keeps the file of Options::checkpoint.
class Checkpointing {
 public:
  /// Opens the file and reads what the exploration goes on with, if it is to. Throws
  /// std::runtime_error, which names the file and the remedy, if that is none of this
  /// exploration's, or one is in the way.
  Checkpointing(const Options& options, std::map<std::string, std::string> of);

  /// What the exploration goes on with; null if it begins.
  const jobs::Checkpoint* resumed() const { return resumed_ ? &*resumed_ : nullptr; }
  /// What it took before that.
  double seconds_before() const { return seconds_before_; }
  /// More memory turned out to be shared: what was found is void.
  void begin_anew() { resumed_.reset(); }
  /// Has the exploration go on, and be saved. The program and the areas are those that it uses.
  void join(jobs::ParallelOptions& parallel, runtime::Program& program, const memory::Areas& areas,
            std::function<double()> seconds);
  /// Nothing is left to go on with.
  void finish();

 private:
  void save(const std::list<jobs::Part>& parts, const runtime::Program& program,
            const memory::Areas& areas, double seconds);

  const Options& options_;
  std::map<std::string, std::string> of_;
  jobs::CheckpointFile file_;
  std::optional<jobs::Checkpoint> resumed_;
  double seconds_before_ = 0;
};

/// What the checkpoints of an exploration are of.
std::map<std::string, std::string> identity_of(const Scenario& scenario, const Options& options,
                                               const Settings& settings);

}  // namespace heddle
