// How `heddle` knows that a scenario program came to its own end: an exit status alone does not say
// so, since any exit() or exec in scenario code has one.
#pragma once

#include <sys/types.h>

namespace heddle::cli {

/// The variable that names the descriptor which a scenario program writes its Verdict to.
inline constexpr const char* verdict_variable = "HEDDLE_VERDICT_DESCRIPTOR";

/// What is written there at the end.
struct VerdictMark {
  pid_t process = 0;  // a process that the scenario forked has another one
  int status = 0;     // the exit status that tells the verdict
};

/// In a scenario program, from its construction on: a process that ends without tell() ends with
/// exit_broken and says that it gave no verdict, where it ends by exit(). What ends in another way
/// is for the program that started it to notice.
class VerdictWatch {
 public:
  VerdictWatch();

  /// The process is about to end with `status`, having told all that there is to tell.
  void tell(int status);

 private:
  int descriptor_ = -1;
};

}  // namespace heddle::cli
