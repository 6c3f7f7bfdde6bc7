// Names of addresses that hold from run to run: the system places a program and its libraries
// somewhere else each time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace heddle::symbols {

/// What lies at an address of the program or of one of its libraries: "vtable for Derived+0x10",
/// or "libc.so.6+0x1b3f" where no symbol is known. Nothing for any other address. The same in every
/// process that has the same files loaded.
std::optional<std::string> name_of(std::uint64_t address);

/// The same for a word that may be an address with marks in its lowest or its 16 highest bits, as
/// tagged pointers have: "node_pool+0x21", "node_pool | 0x3<<48".
std::optional<std::string> name_of_word(std::uint64_t word);

/// Whether the process has memory at the address, whatever it is. The answer is that of the last
/// call of `refresh_mappings`.
bool is_mapped(std::uint64_t address);
void refresh_mappings();

}  // namespace heddle::symbols
