// Names and values of Ops in words.
#include <algorithm>
#include <bit>
#include <cstring>
#include <sstream>

#include "checker/explore/record.hpp"
#include "checker/explore/values.hpp"

namespace heddle::explore {

using enum api::OpKind;

namespace {

/// The name of an Op that concerns plain memory or an object's life; null if it is no such Op.
const char* memory_operation(api::OpKind kind) {
  switch (kind) {
    case read:
    case touch:
      return "read";
    case view:
      return "access";
    case write:
      return "write";
    case construct:
      return "construct";
    case destroy:
      return "destroy";
    case allocate:
      return "allocate";
    case release:
      return "release";
    default:
      return nullptr;
  }
}

}  // namespace

std::string operation_name(const runtime::Node& node) {
  if (const char* name = memory_operation(node.op.kind)) return name;
  switch (node.op.kind) {
    case load:
      return "load";
    case store:
      return "store";
    case exchange:
      return "exchange";
    case compare_exchange:
      return "compare_exchange";
    case add_if_clear:
      return "add_if_clear";
    case add_if_set:
      return "add_if_set";
    case fetch_add:
      return "fetch_add";
    case fetch_sub:
      return "fetch_sub";
    case fetch_and:
      return "fetch_and";
    case fetch_or:
      return "fetch_or";
    case fetch_xor:
      return "fetch_xor";
    case fence:
      return "fence";
    case lock:
      return "lock";
    case try_lock:
      return "try_lock";
    case unlock:
      return "unlock";
    case spawn:
      return "spawn";
    case join:
      return "join";
    case invariant:
      return "invariant";
    case choose:
      return "choose";
    case assume_fails:
      return "assume";
    case await_begin:
    case await_retry:
      return "await";
    case fail:
      return node.violation == ViolationKind::assertion_failed ? "check" : "failure";
    case note:
      return "note";
    case misuse:
      return "misuse";
    case finish:
      return "finish";
    default:
      return "unknown";
  }
}

std::string object_type(const runtime::Node& node) {
  if (node.op.place == api::Place::block) return "memory";
  if (node.op.place == api::Place::cell) return "cell";
  switch (node.op.kind) {
    case construct:
      return node.op.text;
    case allocate:
    case release:
      return "memory";
    case lock:
    case try_lock:
    case unlock:
      return "mutex";
    case read:
    case write:
      return "var";
    default:
      return api::is_atomic_access(node.op.kind) ? "atomic" : "";
  }
}

bool is_plain_memory(const runtime::Node& node) {
  const bool accesses = node.op.kind == view || node.op.kind == touch || node.op.kind == write;
  return accesses && node.op.place != api::Place::object;
}

bool is_unshown(const runtime::Node& node) {
  const bool lives = node.op.kind == construct || node.op.kind == destroy;
  return node.op.kind == view || (lives && node.op.place != api::Place::object);
}

bool has_order(const runtime::Node& node) {
  return api::is_atomic_access(node.op.kind) || node.op.kind == fence;
}

std::string order_name(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return "relaxed";
    case std::memory_order_consume:
    case std::memory_order_acquire:
      return "acquire";
    case std::memory_order_release:
      return "release";
    case std::memory_order_acq_rel:
      return "acq_rel";
    case std::memory_order_seq_cst:
      return "seq_cst";
  }
  return "";
}

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

/// Memory of an unknown type: a name where it is an address, else a number, which is taken for a
/// negative one if it looks so.
std::string shown_word(const runtime::Program& program, std::uint8_t size, std::uint64_t value) {
  constexpr std::uint64_t lowest = 1ULL << 40, highest = 1ULL << 47;  // addresses, as a rule
  const bool is_address = program.is_address(value) || (value >= lowest && value < highest);
  if (size == sizeof(value) && is_address) return program.pointer_name(value);
  const unsigned unused_bits = 64U - 8U * size;
  return std::to_string(static_cast<std::int64_t>(value << unused_bits) >> unused_bits);
}

/// Nothing is known of an object's members: its words, as names where they are addresses.
std::string shown_object(const runtime::Program& program, std::uint64_t value) {
  constexpr std::size_t most = 64;
  const std::string_view bytes = program.boxed_bytes(value);
  if (bytes.empty() || bytes.size() > most) return "(object)";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min(sizeof(word), bytes.size() - at));
    text += (at == 0 ? "{" : ", ") + shown_word(program, sizeof(word), word);
  }
  return text + "}";
}

}  // namespace

std::string shown_value(const runtime::Program& program, const runtime::Node& node,
                        std::uint64_t value) {
  switch (node.op.type) {
    case api::ValueType::boolean:
      return value == 0 ? "false" : "true";
    case api::ValueType::pointer:
      return program.pointer_name(value);
    case api::ValueType::floating:
      return shown_fraction(node.op.size, value);
    case api::ValueType::memory:
      return shown_word(program, node.op.size, value);
    case api::ValueType::boxed:
      return shown_object(program, value);
    case api::ValueType::signed_integer: {
      const unsigned unused_bits = 64u - 8u * node.op.size;
      return std::to_string(static_cast<std::int64_t>(value << unused_bits) >> unused_bits);
    }
    default:
      return std::to_string(value);
  }
}

}  // namespace heddle::explore
