// The begin of a program that is linked with the checker: its main() becomes the main thread of
// what is explored, and the command line is that of a scenario.
#include "checker/hooks/start.hpp"

#include <dlfcn.h>
#include <link.h>
#include <sys/personality.h>
#include <sys/single_threaded.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "checker/api/control.hpp"
#include "checker/hooks/exported.hpp"
#include "checker/hooks/futex.hpp"
#include "checker/hooks/heap.hpp"
#include "checker/hooks/keys.hpp"
#include "checker/hooks/once.hpp"
#include "checker/hooks/program_code.hpp"

using Main = int (*)(int, char**, char**);
using StartMain = int(Main main, int argc, char** argv, void (*init)(), void (*fini)(),
                      void (*rtld_fini)(), void* stack_end);

namespace heddle::hooks {
namespace {

Main program_main = nullptr;
std::vector<std::string> program_arguments;

/// Calls use(memory) with what the program's own data is: what it may write, but for what the
/// dynamic linker has made read-only since.
template <typename Use>
int for_program_data(dl_phdr_info* info, std::size_t, void* use) {
  std::uintptr_t read_only = 0;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_GNU_RELRO) continue;
    constexpr std::uintptr_t page = 4096;
    read_only = (info->dlpi_addr + segment.p_vaddr + segment.p_memsz + page - 1) / page * page;
  }
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) == 0) continue;
    const std::uintptr_t begin = std::max(info->dlpi_addr + segment.p_vaddr, read_only);
    const std::uintptr_t end = info->dlpi_addr + segment.p_vaddr + segment.p_memsz;
    if (begin < end) {
      (*static_cast<Use*>(use))(
          std::span<std::byte>(reinterpret_cast<std::byte*>(begin), end - begin));
    }
  }
  return 1;  // the program comes first; libraries' data is theirs
}

/// Addresses of code and data that are the same in each run make what depends on them repeatable.
void fix_addresses(char** argv, char** environment) {
  const int persona = personality(0xffff'ffff);
  if (persona == -1 || (persona & ADDR_NO_RANDOMIZE) != 0) return;
  if (personality(static_cast<unsigned long>(persona) | ADDR_NO_RANDOMIZE) == -1) return;
  execve("/proc/self/exe", argv, environment);
}

void run_program() {
  api::current_engine->note_bound("what code of libraries does to memory not looked at");
  std::vector<char*> argv;
  for (std::string& argument : program_arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const int status = program_main(static_cast<int>(program_arguments.size()), argv.data(), environ);
  if (status != 0) {
    api::fail(api::Failure::assertion,
              ("main() returns " + std::to_string(status) + ", which says that it failed").c_str());
  }
}

int checked_main(int argc, char** argv, char** /*environment*/) {
  static ProgramCode code;
  // Part of what is put back in each execution: else std::shared_ptr would count plainly.
  __libc_single_threaded = 0;
  code.add_data(end_static_heap());
  explore_static_variables();
  code.add_data(futex_memory());
  code.add_data(key_memory());
  auto add = [](std::span<std::byte> memory) { code.add_data(memory); };
  dl_iterate_phdr(for_program_data<decltype(add)>, &add);
  const std::string name = std::filesystem::path(argv[0]).filename();
  program_arguments = {argv[0]};
  const int status = run_command_line({.name = name,
                                       .summary = "Checks the program " + name,
                                       .body = run_program,
                                       .announced = &code},
                                      argc, argv);
  std::fflush(nullptr);
  // What the program has registered to be called at its end belongs to executions.
  _exit(status);
}

}  // namespace
}  // namespace heddle::hooks

/// Called by the program's first code, with its main().
HEDDLE_EXPORT int __libc_start_main(Main main, int argc, char** argv, void (*init)(),
                                    void (*fini)(), void (*rtld_fini)(), void* stack_end) {
  using namespace heddle::hooks;
  fix_addresses(argv, argv + argc + 1);
  program_main = main;
  begin_static_heap();
  auto* real = reinterpret_cast<StartMain*>(dlsym(RTLD_NEXT, "__libc_start_main"));
  return real(checked_main, argc, argv, init, fini, rtld_fini, stack_end);
}
