// Running scenario programs as child processes.
#pragma once

#include <string>
#include <vector>

namespace heddle::command {

struct Ended {
  int status = 0;        // exit status, if signal is 0
  int signal = 0;        // the signal that killed the child, or 0
  std::string output;    // its standard output, if that was captured
  bool verdict = false;  // it came to its own end as a scenario program, and `status` says how
};

/// How a scenario program ended that gave no verdict, to stand behind its name: "was killed by
/// SIGKILL (Killed)". Empty if it gave one.
std::string without_verdict(const Ended& ended);

/// Runs `program` and waits for it, for at most `seconds` if that is not 0 (then it is killed).
/// From the first call on SIGINT is the child's business, and only noted here. The child is killed
/// when this process ends, in whatever way. Throws UsageError if it can't be started.
Ended run_child(const std::string& program, const std::vector<std::string>& arguments, bool capture,
                int seconds = 0);

/// From here on SIGINT and SIGTERM do not end this process but are only noted; unless they are
/// ignored already.
void note_interrupts();

/// Whether there was a SIGINT: nothing more should be started.
bool interrupted();

}  // namespace heddle::command
