#include "checker/explore/code_place.hpp"

#include <cxxabi.h>
#include <elfutils/libdwfl.h>
#include <unistd.h>

#include <cstdlib>
#include <unordered_map>

#include "checker/explore/source_text.hpp"

namespace heddle::explore {
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

/// "push" of "_ZN5Stack4pushEi" is "Stack::push(int)".
std::string readable(const char* symbol) {
  int status = 0;
  char* text = abi::__cxa_demangle(symbol, nullptr, nullptr, &status);
  std::string result = status == 0 ? text : symbol;
  std::free(text);
  return result;
}

/// What is loaded. Libraries that come later are not known.
class Modules {
 public:
  Modules() : dwfl_(dwfl_begin(&callbacks)) {
    if (dwfl_ == nullptr) return;
    dwfl_report_begin(dwfl_);
    dwfl_linux_proc_report(dwfl_, getpid());
    dwfl_report_end(dwfl_, nullptr, nullptr);
  }
  ~Modules() { dwfl_end(dwfl_); }
  Modules(const Modules&) = delete;
  Modules& operator=(const Modules&) = delete;

  CodePlace place_of(const void* code) const {
    CodePlace place;
    const auto address = reinterpret_cast<Dwarf_Addr>(code);
    Dwfl_Module* module = dwfl_addrmodule(dwfl_, address);
    if (module == nullptr) return place;
    if (const char* symbol = dwfl_module_addrname(module, address)) {
      place.function = readable(symbol);
    }
    Dwfl_Line* line = dwfl_module_getsrc(module, address);
    int number = 0;
    const char* file = dwfl_lineinfo(line, nullptr, &number, nullptr, nullptr, nullptr);
    if (file != nullptr && number > 0) {
      place.file = below_source_root(file);
      place.line = static_cast<std::uint32_t>(number);
    }
    return place;
  }

 private:
  Dwfl* dwfl_;
};

}  // namespace

const CodePlace& place_of(const void* code) {
  static const Modules modules;
  static std::unordered_map<const void*, CodePlace> places;
  const auto [entry, fresh] = places.try_emplace(code);
  if (fresh) entry->second = modules.place_of(code);
  return entry->second;
}

}  // namespace heddle::explore
