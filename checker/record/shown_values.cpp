#include "checker/record/shown_values.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <sstream>
#include <string_view>

#include "checker/symbols/address_name.hpp"

namespace heddle::record {
namespace {

std::string shown_fraction(std::uint8_t size, std::uint64_t value) {
  double number = 0;
  if (size == sizeof(float)) {
    number = std::bit_cast<float>(static_cast<std::uint32_t>(value));
  } else {
    number = std::bit_cast<double>(value);
  }
  std::ostringstream text;
  text.precision(size == sizeof(float) ? 9 : 17);
  text << number;
  return text.str();
}

/// No address that the system gives is lower.
constexpr std::uint64_t lowest_address = 1 << 16;

std::string signed_number(std::uint8_t size, std::uint64_t value) {
  const unsigned unused_bits = 64U - 8U * size;
  return std::to_string(static_cast<std::int64_t>(value << unused_bits) >> unused_bits);
}

}  // namespace

std::string ShownValues::of(const runtime::Node& node, std::uint64_t value) {
  switch (node.op.type) {
    case api::ValueType::boolean:
      return value == 0 ? "false" : "true";
    case api::ValueType::pointer:
      return pointer(value);
    case api::ValueType::floating:
      return shown_fraction(node.op.size, value);
    case api::ValueType::memory:
      return word(node.op.size, value);
    case api::ValueType::boxed:
      return object(value);
    case api::ValueType::signed_integer:
      return integer(node, value, true);
    default:
      return integer(node, value, false);
  }
}

std::string ShownValues::pointer(std::uint64_t value) {
  if (program_.is_address(value)) return program_.pointer_name(value);
  if (const auto name = symbols::name_of_word(value)) return *name;
  return is_foreign(value) ? foreign(value) : program_.pointer_name(value);
}

/// A number that equals an address is one: addresses of what is loaded are so few of all numbers of
/// 64 bits that another one is never among them, as far as anybody will see.
std::string ShownValues::integer(const runtime::Node& node, std::uint64_t value, bool is_signed) {
  if (node.op.size == sizeof(value) && value >= lowest_address) {
    if (const auto name = symbols::name_of_word(value)) return *name;
    if (is_foreign(value)) return foreign(value);
  }
  return is_signed ? signed_number(node.op.size, value) : std::to_string(value);
}

/// Memory of an unknown type: a name where it is an address, else a number, which is taken for a
/// negative one if it looks so.
std::string ShownValues::word(std::uint8_t size, std::uint64_t value) {
  if (size == sizeof(value) && value >= lowest_address) {
    if (program_.is_address(value) || program_.is_scenario_memory(value)) {
      return program_.pointer_name(value);
    }
    if (const auto name = symbols::name_of_word(value)) return *name;
    if (is_foreign(value)) return foreign(value);
  }
  return signed_number(size, value);
}

/// Nothing is known of an object's members: its words, as names where they are addresses.
std::string ShownValues::object(std::uint64_t value) {
  constexpr std::size_t most = 64;
  const std::string_view bytes = program_.boxed_bytes(value);
  if (bytes.empty() || bytes.size() > most) return "(object)";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, bytes.data() + at, std::min(sizeof(bits), bytes.size() - at));
    text += (at == 0 ? "{" : ", ") + word(sizeof(bits), bits);
  }
  return text + "}";
}

/// Whether the system placed what is there, and it is neither the scenario's nor a module's.
bool ShownValues::is_foreign(std::uint64_t value) {
  if (value < lowest_address || program_.is_scenario_memory(value)) return false;
  if (!knows_mappings_) symbols::refresh_mappings();
  knows_mappings_ = true;
  return symbols::is_mapped(value);
}

std::string ShownValues::foreign(std::uint64_t value) {
  const auto number = foreign_.try_emplace(value, foreign_.size() + 1).first->second;
  return "address #" + std::to_string(number);
}

}  // namespace heddle::record
