#include "checker/litmus/functions.hpp"

#include <array>
#include <utility>

#include "checker/litmus/token_reader.hpp"

namespace heddle::litmus {
namespace {

using api::OpKind;

struct Row {
  std::string_view name;  // without "_explicit"
  OpKind kind;
  std::string_view arguments;           // of the function without orders
  std::string_view explicit_arguments;  // of the one with "_explicit"
  bool weak = false;
};

constexpr std::array rows = {
    Row{"atomic_load", OpKind::load, "o", "om"},
    Row{"atomic_store", OpKind::store, "ov", "ovm"},
    Row{"atomic_exchange", OpKind::exchange, "ov", "ovm"},
    Row{"atomic_fetch_add", OpKind::fetch_add, "ov", "ovm"},
    Row{"atomic_fetch_sub", OpKind::fetch_sub, "ov", "ovm"},
    Row{"atomic_fetch_and", OpKind::fetch_and, "ov", "ovm"},
    Row{"atomic_fetch_or", OpKind::fetch_or, "ov", "ovm"},
    Row{"atomic_fetch_xor", OpKind::fetch_xor, "ov", "ovm"},
    Row{"atomic_compare_exchange_strong", OpKind::compare_exchange, "oev", "oevmm"},
    Row{"atomic_compare_exchange_weak", OpKind::compare_exchange, "oev", "oevmm", true},
};

constexpr std::array<std::pair<std::string_view, std::memory_order>, 5> orders = {{
    {"memory_order_relaxed", std::memory_order_relaxed},
    {"memory_order_acquire", std::memory_order_acquire},
    {"memory_order_release", std::memory_order_release},
    {"memory_order_acq_rel", std::memory_order_acq_rel},
    {"memory_order_seq_cst", std::memory_order_seq_cst},
}};

}  // namespace

std::optional<Function> find_function(std::string_view name) {
  if (name == "atomic_thread_fence") return Function{OpKind::fence, "m"};
  constexpr std::string_view suffix = "_explicit";
  const bool is_explicit = name.ends_with(suffix);
  if (is_explicit) name.remove_suffix(suffix.size());
  for (const Row& row : rows) {
    if (row.name != name) continue;
    return Function{row.kind, is_explicit ? row.explicit_arguments : row.arguments, row.weak};
  }
  return std::nullopt;
}

bool returns_nothing(OpKind kind) { return kind == OpKind::store || kind == OpKind::fence; }

std::memory_order find_order(std::string_view name, Position at) {
  for (const auto& [known, order] : orders) {
    if (known == name) return order;
  }
  if (name == "memory_order_consume") {
    throw Error(at, "memory_order_consume is not supported; memory_order_acquire is stronger");
  }
  throw Error(at, "expected a memory order such as memory_order_acquire, not " + quoted(name));
}

void check_order(OpKind kind, std::memory_order order, bool failed, Position at) {
  const bool acquires = order == std::memory_order_acquire || order == std::memory_order_acq_rel;
  const bool releases = order == std::memory_order_release || order == std::memory_order_acq_rel;
  if ((kind == OpKind::load || failed) && releases) {
    throw Error(at, std::string("C11 does not allow ") +
                        (failed ? "a failed compare_exchange" : "a load") +
                        " to be release or acq_rel");
  }
  if (kind == OpKind::store && acquires) {
    throw Error(at, "C11 does not allow a store to be acquire or acq_rel");
  }
}

}  // namespace heddle::litmus
