#include "checker/symbols/modules.hpp"

#include <cxxabi.h>
#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <system_error>

namespace heddle::symbols {
namespace {

/// Debug information that lies elsewhere is not looked for: that might ask servers.
int find_no_other(Dwfl_Module*, void**, const char*, Dwarf_Addr, const char*, const char*,
                  GElf_Word, char**) {
  return -1;
}

const Dwfl_Callbacks callbacks = {.find_elf = dwfl_linux_proc_find_elf,
                                  .find_debuginfo = find_no_other,
                                  .section_address = nullptr,
                                  .debuginfo_path = nullptr};

/// What is loaded at the time of its construction.
class DebugInformation {
 public:
  DebugInformation() : dwfl_(dwfl_begin(&callbacks)) {
    if (dwfl_ == nullptr) return;
    dwfl_report_begin(dwfl_);
    dwfl_linux_proc_report(dwfl_, getpid());
    dwfl_report_end(dwfl_, nullptr, nullptr);
  }
  ~DebugInformation() { dwfl_end(dwfl_); }
  DebugInformation(const DebugInformation&) = delete;
  DebugInformation& operator=(const DebugInformation&) = delete;

  Dwfl* get() const { return dwfl_; }

 private:
  Dwfl* dwfl_;
};

std::string file_name(const char* path) {
  if (path != nullptr && *path != '\0') return std::filesystem::path(path).filename();
  // The program itself has no name in the loader's list.
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "program" : program.filename().string();
}

struct Search {
  std::uintptr_t address;
  std::optional<Module> found = {};
};

/// Called by the loader for each module.
int look_at(dl_phdr_info* info, std::size_t, void* data) {
  auto& search = *static_cast<Search*>(data);
  Module module{.name = {}, .begin = std::numeric_limits<std::uintptr_t>::max(), .end = 0};
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_LOAD) continue;
    const std::uintptr_t begin = info->dlpi_addr + segment.p_vaddr;
    module.begin = std::min(module.begin, begin);
    module.end = std::max(module.end, begin + segment.p_memsz);
  }
  if (search.address < module.begin || search.address >= module.end) return 0;
  module.name = file_name(info->dlpi_name);
  search.found = std::move(module);
  return 1;
}

}  // namespace

Dwfl* debug_information() {
  static const DebugInformation information;
  return information.get();
}

Unit unit_of(const void* code) {
  const auto address = reinterpret_cast<Dwarf_Addr>(code);
  Dwfl_Module* module = dwfl_addrmodule(debug_information(), address);
  Unit unit;
  if (module == nullptr) return unit;
  unit.entry = dwfl_module_addrdie(module, address, &unit.bias);
  if (unit.entry != nullptr) return unit;
  // That asked a table which clang leaves out (-gdwarf-aranges), so the units are asked themselves.
  do {
    unit.entry = dwfl_module_nextcu(module, unit.entry, &unit.bias);
  } while (unit.entry != nullptr && dwarf_haspc(unit.entry, address - unit.bias) <= 0);
  return unit;
}

std::string readable(const char* symbol) {
  int status = 0;
  char* text = abi::__cxa_demangle(symbol, nullptr, nullptr, &status);
  std::string result = status == 0 ? text : symbol;
  std::free(text);
  return result;
}

std::optional<Module> module_at(std::uintptr_t address) {
  Search search{.address = address};
  dl_iterate_phdr(look_at, &search);
  return std::move(search.found);
}

}  // namespace heddle::symbols
