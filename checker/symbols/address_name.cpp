#include "checker/symbols/address_name.hpp"

#include <array>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <utility>
#include <vector>

#include "checker/symbols/modules.hpp"

namespace heddle::symbols {
namespace {

std::string hex(std::uint64_t number) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "0x%" PRIx64, number);
  return text.data();
}

std::string with_offset(const std::string& name, std::uint64_t offset) {
  return offset == 0 ? name : name + "+" + hex(offset);
}

/// The symbol that an address belongs to, and how far behind its beginning.
std::optional<std::string> symbol_at(const Module& module, std::uint64_t address) {
  // Zero-initialised data is no part of the file, so the module is looked up by its beginning.
  Dwfl_Module* known = dwfl_addrmodule(debug_information(), module.begin);
  if (known == nullptr) return std::nullopt;
  GElf_Off offset = 0;
  GElf_Sym symbol;
  const char* name =
      dwfl_module_addrinfo(known, address, &offset, &symbol, nullptr, nullptr, nullptr);
  // A symbol without a size is only the nearest one.
  if (name == nullptr || *name == '\0' || (offset != 0 && offset >= symbol.st_size)) {
    return std::nullopt;
  }
  return with_offset(readable(name), offset);
}

std::vector<std::pair<std::uint64_t, std::uint64_t>>& mappings() {
  static std::vector<std::pair<std::uint64_t, std::uint64_t>> all;
  return all;
}

}  // namespace

std::optional<std::string> name_of(std::uint64_t address) {
  const auto module = module_at(address);
  if (!module) return std::nullopt;
  if (auto symbol = symbol_at(*module, address)) return symbol;
  return with_offset(module->name, address - module->begin);
}

std::optional<std::string> name_of_word(std::uint64_t word) {
  if (auto name = name_of(word)) return name;
  constexpr unsigned address_bits = 48;
  const std::uint64_t marks = word >> address_bits;
  if (marks == 0) return std::nullopt;
  const auto name = name_of(word & ((std::uint64_t{1} << address_bits) - 1));
  if (!name) return std::nullopt;
  return *name + " | " + hex(marks) + "<<48";
}

bool is_mapped(std::uint64_t address) {
  for (const auto& [begin, end] : mappings()) {
    if (address >= begin && address < end) return true;
  }
  return false;
}

void refresh_mappings() {
  mappings().clear();
  std::ifstream file("/proc/self/maps");
  for (std::string line; std::getline(file, line);) {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    if (std::sscanf(line.c_str(), "%" SCNx64 "-%" SCNx64, &begin, &end) != 2) continue;
    mappings().emplace_back(begin, end);
  }
}

}  // namespace heddle::symbols
