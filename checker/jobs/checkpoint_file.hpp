// The file of a checkpoint, whole at any moment.
#pragma once

#include <string>

namespace heddle::jobs {

/// A file that one run writes again and again. Whenever the run is killed, there is what was
/// written last, or before it. Errors are std::runtime_error, with the path and the system's
/// reason.
class CheckpointFile {
 public:
  /// Makes the file its own; creates it if there is none. Throws if it can't be written, or if
  /// another run writes it.
  explicit CheckpointFile(std::string path);
  ~CheckpointFile();
  CheckpointFile(const CheckpointFile&) = delete;
  CheckpointFile& operator=(const CheckpointFile&) = delete;

  /// What is in it; empty if it was just created.
  std::string read() const;
  /// Puts the text in the place of what was there. Throws if that fails: then that is still there.
  void write(const std::string& text);
  /// Removes it: nothing is left to go on with.
  void remove();

 private:
  std::string path_;
  int file_ = -1;  // locked, as long as the run lives
};

}  // namespace heddle::jobs
