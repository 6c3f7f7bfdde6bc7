#include "checker/symbols/code_place.hpp"

#include <unordered_map>

#include "checker/symbols/modules.hpp"
#include "checker/symbols/source_text.hpp"

namespace heddle::symbols {
namespace {

CodePlace look_up(const void* code) {
  CodePlace place;
  const auto address = reinterpret_cast<Dwarf_Addr>(code);
  Dwfl_Module* module = dwfl_addrmodule(debug_information(), address);
  if (module == nullptr) return place;
  if (const char* symbol = dwfl_module_addrname(module, address)) {
    place.function = readable(symbol);
  }
  const Unit unit = unit_of(code);
  if (unit.entry == nullptr) return place;
  Dwarf_Line* line = dwarf_getsrc_die(unit.entry, address - unit.bias);
  int number = 0;
  const char* file = dwarf_linesrc(line, nullptr, nullptr);
  if (file != nullptr && dwarf_lineno(line, &number) == 0 && number > 0) {
    place.file = below_source_root(file);
    place.line = static_cast<std::uint32_t>(number);
  }
  return place;
}

}  // namespace

const CodePlace& place_of(const void* code) {
  static std::unordered_map<const void*, CodePlace> places;
  const auto [entry, fresh] = places.try_emplace(code);
  if (fresh) entry->second = look_up(code);
  return entry->second;
}

}  // namespace heddle::symbols
