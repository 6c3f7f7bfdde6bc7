#include "checker/hooks/debug_info.hpp"

#include <cxxabi.h>
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <unistd.h>

#include <cstdlib>

namespace heddle::hooks {
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

std::string readable(const char* symbol) {
  int status = 0;
  char* text = abi::__cxa_demangle(symbol, nullptr, nullptr, &status);
  std::string result = status == 0 ? text : symbol;
  std::free(text);
  return result;
}

std::string name_of(Dwarf_Die* die) {
  const char* name = dwarf_diename(die);
  return name == nullptr ? "" : name;
}

/// A number that the debug information gives for a call that was inlined.
std::uint32_t number_of(Dwarf_Die* die, unsigned attribute) {
  Dwarf_Attribute found;
  Dwarf_Word value = 0;
  if (dwarf_attr(die, attribute, &found) == nullptr) return 0;
  return dwarf_formudata(&found, &value) == 0 ? static_cast<std::uint32_t>(value) : 0;
}

std::string call_file(Dwarf_Die* unit, Dwarf_Die* call) {
  Dwarf_Files* files = nullptr;
  std::size_t count = 0;
  if (dwarf_getsrcfiles(unit, &files, &count) != 0) return "";
  const std::uint32_t number = number_of(call, DW_AT_call_file);
  const char* name = number < count ? dwarf_filesrc(files, number, nullptr, nullptr) : nullptr;
  return name == nullptr ? "" : name;
}

/// The calls that were inlined around a place, and the functions that they are in.
void add_inlined(Dwarf_Die* unit, Dwarf_Addr address, std::vector<SourcePlace>& places) {
  Dwarf_Die* scopes = nullptr;
  const int count = dwarf_getscopes(unit, address, &scopes);
  Dwarf_Die* inner = nullptr;
  const int depth = count > 0 ? dwarf_getscopes_die(&scopes[0], &inner) : 0;
  for (int i = 0; i < depth; ++i) {
    const int tag = dwarf_tag(&inner[i]);
    if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_subprogram) continue;
    places.back().function = name_of(&inner[i]);
    if (tag == DW_TAG_subprogram) break;
    places.push_back({.file = call_file(unit, &inner[i]),
                      .function = "",
                      .line = number_of(&inner[i], DW_AT_call_line)});
  }
  std::free(inner);
  std::free(scopes);
}

}  // namespace

DebugInfo::DebugInfo() : dwfl_(dwfl_begin(&callbacks)) {
  if (dwfl_ == nullptr) return;
  dwfl_report_begin(dwfl_);
  dwfl_linux_proc_report(dwfl_, getpid());
  dwfl_report_end(dwfl_, nullptr, nullptr);
}

DebugInfo::~DebugInfo() { dwfl_end(dwfl_); }

std::vector<SourcePlace> DebugInfo::places_of(const void* code) const {
  std::vector<SourcePlace> places(1);
  const auto address = reinterpret_cast<Dwarf_Addr>(code);
  Dwfl_Module* module = dwfl_ == nullptr ? nullptr : dwfl_addrmodule(dwfl_, address);
  if (module == nullptr) return places;
  Dwfl_Line* line = dwfl_module_getsrc(module, address);
  int number = 0;
  const char* file = dwfl_lineinfo(line, nullptr, &number, nullptr, nullptr, nullptr);
  if (file != nullptr && number > 0) {
    places[0].file = file;
    places[0].line = static_cast<std::uint32_t>(number);
  }
  Dwarf_Addr bias = 0;
  if (Dwarf_Die* unit = dwfl_module_addrdie(module, address, &bias)) {
    add_inlined(unit, address - bias, places);
  }
  if (places.back().function.empty()) {
    const char* symbol = dwfl_module_addrname(module, address);
    if (symbol != nullptr) places.back().function = readable(symbol);
  }
  return places;
}

std::string DebugInfo::object_at(const void* address, std::uint64_t& offset) const {
  const auto at = reinterpret_cast<Dwarf_Addr>(address);
  Dwfl_Module* module = dwfl_ == nullptr ? nullptr : dwfl_addrmodule(dwfl_, at);
  if (module == nullptr) return "";
  GElf_Sym symbol;
  const char* name = dwfl_module_addrinfo(module, at, &offset, &symbol, nullptr, nullptr, nullptr);
  if (name == nullptr || GELF_ST_TYPE(symbol.st_info) != STT_OBJECT || offset >= symbol.st_size) {
    return "";
  }
  return readable(name);
}

}  // namespace heddle::hooks
