// What a user sees and can do while a run goes on.
#pragma once

#include <string>

#include "checker/session/session.hpp"

namespace heddle::cli {

/// Makes the first SIGINT or SIGTERM set interrupted(); a second one ends the program as usual.
void catch_interrupts();
bool interrupted();

/// One line of standard error that is written again and again, and is gone when the object is.
class ProgressLine {
 public:
  explicit ProgressLine(bool wanted) : wanted_(wanted) {}
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// `part` says what of several explorations this is; it goes first.
  void show(const Progress& progress, const std::string& part = {});

 private:
  bool wanted_;
  bool shown_ = false;
  std::string part_;
};

}  // namespace heddle::cli
