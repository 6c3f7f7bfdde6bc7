// What `heddle run --all` leaves for continuous integration.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "checker/export/exports.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/run_options.hpp"

namespace heddle::command {

/// JUnit's XML and SARIF of all runs together.
class RunAllExports {
 public:
  /// Throws UsageError if a file could not be written now.
  explicit RunAllExports(const cli::RunOptions& options);

  /// One run: `verdict` is that of its result or "error", `complaint` says why it is not as
  /// expected (empty if it is), `result` is what the program printed, or null.
  void add(const std::string& scenario, const std::string& model, const std::string& verdict,
           const std::string& complaint, const nlohmann::ordered_json& result);

  /// Throws UsageError if something can't be written.
  void write() const;

 private:
  std::optional<cli::OutputFile> junit_;
  std::optional<cli::OutputFile> sarif_;
  std::vector<exports::TestCase> cases_;
  std::vector<trace::Trace> traces_;  // of violations that nobody expects
};

}  // namespace heddle::command
