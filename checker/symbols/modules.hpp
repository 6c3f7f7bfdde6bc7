// The program and its libraries as they are loaded, and what their files say of them.
#pragma once

#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>

#include <cstdint>
#include <optional>
#include <string>

namespace heddle::symbols {

/// The debug information of what is loaded (read by elfutils' libdw); null if it can't be had.
/// Libraries that are loaded after the first call are not known to it.
Dwfl* debug_information();

/// The compilation unit that an instruction belongs to, and what is to be taken from the address
/// for the addresses in it. The unit is null if there is no debug information.
struct Unit {
  Dwarf_Die* entry = nullptr;
  Dwarf_Addr bias = 0;
};
Unit unit_of(const void* code);

/// "push" of "_ZN5Stack4pushEi" is "Stack::push(int)".
std::string readable(const char* symbol);

/// A file that is loaded: all that the system placed for it, its zero-initialised data included.
struct Module {
  std::string name;          // without folders; of the program too
  std::uintptr_t begin = 0;  // where its first byte lies in this process
  std::uintptr_t end = 0;
};

/// The module that an address lies in.
std::optional<Module> module_at(std::uintptr_t address);

}  // namespace heddle::symbols
