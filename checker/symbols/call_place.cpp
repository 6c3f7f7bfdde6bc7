#include "checker/symbols/call_place.hpp"

#include <dwarf.h>

#include <cstddef>
#include <cstdlib>

#include "checker/symbols/modules.hpp"
#include "checker/symbols/source_text.hpp"

namespace heddle::symbols {
namespace {

Dwarf_Word number(Dwarf_Die& entry, unsigned name) {
  Dwarf_Attribute attribute;
  Dwarf_Word value = 0;
  dwarf_formudata(dwarf_attr(&entry, name, &attribute), &value);
  return value;
}

/// The entries of the debug information around an instruction, from within. Those around an inlined
/// function are where it is called, as dwarf_getscopes_die() has it; dwarf_getscopes() would go on
/// where it was written.
std::vector<Dwarf_Die> entries_around(Dwarf_Die* unit, Dwarf_Addr address) {
  Dwarf_Die* found = nullptr;
  if (dwarf_getscopes(unit, address, &found) <= 0) return {};
  Dwarf_Die innermost = found[0];
  std::free(found);
  const int count = dwarf_getscopes_die(&innermost, &found);
  if (count <= 0) return {};
  std::vector<Dwarf_Die> entries(found, found + count);
  std::free(found);
  return entries;
}

/// The place, and those where the functions that it is in were inlined, from within.
std::vector<CodePlace> places_of(const void* code) {
  std::vector<CodePlace> places{place_of(code)};
  const Unit unit = unit_of(code);
  if (unit.entry == nullptr) return places;
  Dwarf_Files* files = nullptr;
  std::size_t count = 0;
  if (dwarf_getsrcfiles(unit.entry, &files, &count) != 0) return places;
  for (Dwarf_Die& entry :
       entries_around(unit.entry, reinterpret_cast<Dwarf_Addr>(code) - unit.bias)) {
    if (dwarf_tag(&entry) != DW_TAG_inlined_subroutine) continue;
    const char* name = dwarf_filesrc(files, number(entry, DW_AT_call_file), nullptr, nullptr);
    if (name == nullptr) continue;
    places.push_back({.file = below_source_root(name),
                      .function = places.front().function,
                      .line = static_cast<std::uint32_t>(number(entry, DW_AT_call_line))});
  }
  return places;
}

bool is_of_the_system(const CodePlace& place) {
  return place.file.starts_with("/usr/") || place.file.starts_with("/opt/");
}

}  // namespace

CodePlace place_of_call(const std::vector<const void*>& stack) {
  for (const void* code : stack) {
    // The call itself is before the address that it returns to.
    for (const CodePlace& place : places_of(static_cast<const std::byte*>(code) - 1)) {
      if (place.line != 0 && !is_of_the_system(place)) return place;
    }
  }
  return {};
}

}  // namespace heddle::symbols
