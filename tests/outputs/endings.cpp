// A scenario that ends its process without a verdict, in as many ways as `how` has values.
#include <dlfcn.h>
#include <sys/syscall.h>

#include <array>
#include <csignal>
#include <heddle/scenario.hpp>

namespace {

/// A system call that nobody can intercept in this process.
long system_call(long number, long a = 0, long b = 0, long c = 0) {
  long result = 0;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c)
               : "rcx", "r11", "memory");
  return result;
}

void become_another_program() {
  const char* path = "/bin/true";
  std::array<const char*, 2> words = {path, nullptr};
  std::array<const char*, 1> environment = {nullptr};
  system_call(SYS_execve, reinterpret_cast<long>(path), reinterpret_cast<long>(words.data()),
              reinterpret_cast<long>(environment.data()));
}

/// By the C library's own exit(), whatever stands in front of it.
void leave_by_exit() {
  void* library = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
  reinterpret_cast<void (*)(int)>(dlsym(library, "exit"))(0);
}

struct suite : rl::test_suite<suite, 2> {
  rl::atomic<int> x{0};

  void thread(unsigned i) {
    x($).fetch_add(1, rl::mo_relaxed);
    if (i == 0) return;
    switch (heddle::api::parameter("how")) {
      case 1:
        system_call(SYS_exit_group, 0);
        break;
      case 2:
        become_another_program();
        break;
      case 3:
        system_call(SYS_kill, system_call(SYS_getpid), SIGKILL);
        break;
      case 4:
        leave_by_exit();
        break;
      default:
        RL_ASSERT(x($).load(rl::mo_relaxed) == 1);
    }
  }
};

}  // namespace

HEDDLE_SCENARIO(.name = "endings", .summary = "ends its process, or is violated",
                .parameters = {{"how", 0, 0, 4,
                                "0: violated; 1: exit call; 2: exec; 3: kill; "
                                "4: exit()"}},
                .body = rl::run<suite>);
