// Reading and writing the files that a user names.
#pragma once

#include <string>
#include <vector>

#include "checker/trace/trace.hpp"

namespace heddle::cli {

/// The path that stands for standard output, or for standard input where a file is read.
inline constexpr const char* standard_stream = "-";

/// The trace in the file at `path`. Throws UsageError, with the path, if it can't be read or is no
/// trace.
trace::Trace read_trace(const std::string& path);

/// A file that a command line asks for.
struct NamedOutput {
  std::string option;  // "--trace"
  std::string path;    // empty: it is not asked for
};

/// Throws UsageError if two of `outputs` would be written to one file, whatever they call it, or
/// one of them over the file that is read, `input` (empty: none).
void require_different_files(const std::vector<NamedOutput>& outputs, const std::string& input);

/// A file that is written at the end of a long run. What was there before stays until the whole new
/// content is on the disk. The path "-" is standard output; then what would be printed there goes
/// to standard error.
class OutputFile {
 public:
  /// Throws UsageError if the file could not be written now.
  explicit OutputFile(std::string path);

  /// Throws UsageError if it can't be written after all; then the old content is still there.
  void write(const std::string& text) const;

  const std::string& path() const { return path_; }

 private:
  std::string path_;     // as the user gave it
  std::string target_;   // where a chain of symbolic links ends
  bool replace_ = true;  // false for devices and pipes
  int descriptor_ = -1;  // of standard output
};

}  // namespace heddle::cli
