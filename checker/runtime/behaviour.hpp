// The behaviour tree: what a scenario's threads do, as a function of the replies that they get.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "checker/api/op.hpp"
#include "checker/property/violation.hpp"
#include "checker/runtime/shape.hpp"
#include "checker/runtime/state.hpp"

namespace heddle::runtime {

using NodeId = std::uint32_t;
using ThreadId = std::uint32_t;
using SlotId = std::uint32_t;  // a dense number for an address

inline constexpr NodeId no_node = 0;
/// The main thread and all others of all executions: a thread that some branch alone creates has a
/// number that no other one gets.
inline constexpr ThreadId max_threads = 257;
inline constexpr ThreadId observer = max_threads;  // runs invariants

/// What makes a thread end at a node.
enum class End : std::uint8_t { none, finished, assume_failed, violated };

/// A state of a thread: it has asked for `op` and waits for the reply. Texts and sites in `op`
/// outlive the node.
struct Node {
  api::Op op;
  ThreadId thread = 0;
  SlotId slot = 0;           // of op.address, where there is one
  NodeId origin = no_node;   // the spawn or invariant that the thread comes from
  std::uint32_t sealed = 0;  // of a spawn or invariant: bytes of the creator's arena to be read
  NodeId parent = no_node;
  api::Reply edge;         // the reply to the parent that led here
  NodeId retry = no_node;  // set: the thread is not here but back at that node, nothing changed
  End end = End::none;
  ViolationKind violation{};   // where end is violated; op.text says how
  bool head_of_round = false;  // the first Op of an await's predicate
  bool gives_up = false;       // of an await that may also end for another reason
  bool behind_await = false;   // an await's begin or retry, which are no nodes, is just before it
  bool used = false;           // free for reuse if not
  std::uint8_t failures = 0;   // spurious ones of this Op in a row, just before this one
  std::uint8_t rounds = 0;  // without effects: how often the thread asked for this Op just before
  Shape shape = 0;          // what the Op takes its object for
  State state = {};         // all that the thread remembers, if known
  // Of a call that is refused: the return addresses on the stack, innermost first. Its place.
  const std::vector<const void*>* stack = nullptr;
};

/// The reply to an Op that has only one: spawn returns the thread's number, others nothing.
api::Reply fixed_reply(const Node& node);
/// Whether an Op of this kind always gets fixed_reply().
bool has_fixed_reply(api::OpKind kind);

/// The trees of all threads. Nodes keep their numbers and places while they live; node 0 does not
/// exist.
class BehaviourTree {
 public:
  const Node& operator[](NodeId id) const { return chunks_[id >> chunk_bits][id & chunk_mask]; }
  std::size_t size() const { return live_; }

  /// The child of `parent` for `reply`, or no_node if it is not known.
  NodeId child(NodeId parent, const api::Reply& reply) const;

  /// Adds a node below `parent`, or a root where that is no_node. A later child for the same reply
  /// hides the former.
  NodeId add(Node node, NodeId parent, const api::Reply& edge);

  Node& at(NodeId id) { return chunks_[id >> chunk_bits][id & chunk_mask]; }

  /// Forgets every node that is neither in `keep` nor needed by one that is: above it, its origin,
  /// where it retries.
  void forget_all_but(std::vector<NodeId> keep);
  bool knows(NodeId id) const { return (*this)[id].used; }

 private:
  static constexpr std::uint32_t chunk_bits = 10;
  static constexpr std::uint32_t chunk_mask = (1u << chunk_bits) - 1;

  static std::size_t hash(NodeId parent, const api::Reply& reply);
  void index(NodeId id);
  void rebuild_index();

  std::vector<std::unique_ptr<Node[]>> chunks_;
  std::vector<NodeId> free_;
  std::vector<NodeId> index_;  // open addressing: (parent, reply) -> child
  NodeId end_ = 1;
  std::size_t live_ = 0;
};

}  // namespace heddle::runtime
