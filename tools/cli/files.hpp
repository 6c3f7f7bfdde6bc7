// Reading and writing the files that a user names.
#pragma once

#include <string>

#include "checker/trace/trace.hpp"

namespace heddle::cli {

/// The trace in the file at `path`. Throws UsageError, with the path, if it can't be read or is no
/// trace.
trace::Trace read_trace(const std::string& path);

/// A file that is written at the end of a long run. What was there before stays until the whole new
/// content is on the disk.
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
};

}  // namespace heddle::cli
