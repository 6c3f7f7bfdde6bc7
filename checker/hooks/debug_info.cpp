#include "checker/hooks/debug_info.hpp"

#include <dwarf.h>

#include <cstdlib>

#include "checker/symbols/modules.hpp"

namespace heddle::hooks {
namespace {

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

std::vector<SourcePlace> places_of(const void* code) {
  std::vector<SourcePlace> places(1);
  const auto address = reinterpret_cast<Dwarf_Addr>(code);
  Dwfl* information = symbols::debug_information();
  Dwfl_Module* module = information == nullptr ? nullptr : dwfl_addrmodule(information, address);
  if (module == nullptr) return places;
  Dwfl_Line* line = dwfl_module_getsrc(module, address);
  int number = 0;
  const char* file = dwfl_lineinfo(line, nullptr, &number, nullptr, nullptr, nullptr);
  if (file != nullptr && number > 0) {
    places[0].file = file;
    places[0].line = static_cast<std::uint32_t>(number);
  }
  const symbols::Unit unit = symbols::unit_of(code);
  if (unit.entry != nullptr) add_inlined(unit.entry, address - unit.bias, places);
  if (places.back().function.empty()) {
    const char* symbol = dwfl_module_addrname(module, address);
    if (symbol != nullptr) places.back().function = symbols::readable(symbol);
  }
  return places;
}

}  // namespace heddle::hooks
