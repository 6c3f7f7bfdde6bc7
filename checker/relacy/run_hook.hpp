// What has to be there during every execution of a test, if the program uses it.
#pragma once

namespace rl {

/// Calls to be made at the beginning and the end of rl::run(). Make one at namespace scope.
class RunHook {
 public:
  RunHook(void (*begin)(), void (*end)());

  static void begin_all();
  static void end_all();

 private:
  void (*begin_)();
  void (*end_)();
  RunHook* next_;
};

}  // namespace rl
