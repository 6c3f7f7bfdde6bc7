#include "checker/record/names.hpp"

namespace heddle::record {

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
  return accesses && node.op.place != api::Place::object && node.op.site.line == 0;
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

}  // namespace heddle::record
