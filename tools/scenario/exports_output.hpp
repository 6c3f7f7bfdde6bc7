// What a run leaves for other programs: a page, JUnit's XML, SARIF, the nearest execution.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "tools/cli/files.hpp"
#include "tools/cli/run_options.hpp"
#include "tools/scenario/outcome.hpp"

namespace heddle::cli {

/// The files beside the trace that the options of a run ask for.
class Exports {
 public:
  /// Throws UsageError if a file could not be written now: a run may take hours.
  explicit Exports(const RunOptions& options);

  /// Writes the files that the user asked for; the page only if there is a counterexample, the
  /// nearest execution only if one was found (else it is said that there is none). `expect`
  /// decides which verdicts pass. Throws UsageError if one can't be written.
  void write(std::span<const Outcome> outcomes, const std::string& expect) const;

 private:
  std::optional<OutputFile> nearest_;
  std::optional<OutputFile> html_;
  std::optional<OutputFile> junit_;
  std::optional<OutputFile> sarif_;
};

}  // namespace heddle::cli
