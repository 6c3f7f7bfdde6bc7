// The behaviour tree: what a scenario's threads do, as a function of the replies that they get.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "checker/api/op.hpp"
#include "checker/property/violation.hpp"

namespace heddle::runtime {

using NodeId = std::uint32_t;
using ThreadId = std::uint32_t;
using SlotId = std::uint32_t;  // a dense number for an address

inline constexpr NodeId no_node = 0;
inline constexpr ThreadId max_threads = 65;  // the main thread and 64 others

/// What makes a thread end at a node, beside finishing.
enum class End : std::uint8_t { none, finished, assume_failed, violated };

/// A state of a thread: it has asked for `op` and waits for the reply. Texts and sites in `op`
/// outlive the node.
struct Node {
  api::Op op;
  ThreadId thread = 0;
  SlotId slot = 0;  // of op.address, where there is one
  std::uint32_t depth = 0;
  NodeId origin = no_node;  // of a root: the spawn or invariant that the thread comes from
  NodeId parent = no_node;
  api::Reply edge;  // the reply to the parent that led here
  NodeId first_child = no_node;
  NodeId next_sibling = no_node;
  NodeId retry =
      no_node;  // set: the thread is not here but back at that earlier node, having changed nothing
  End end = End::none;
  ViolationKind violation{};   // where end is violated; op.text says how
  bool head_of_round = false;  // the first Op of an await's predicate
  std::uint64_t state = 0;     // hash of all that the thread remembers; 0 if unknown
};

/// The reply to an Op that has only one: spawn returns the thread's number, others nothing.
api::Reply fixed_reply(const Node& node);
/// Whether an Op of this kind always gets fixed_reply().
bool has_fixed_reply(api::OpKind kind);

/// The trees of all threads. Nodes are never moved to another id; node 0 does not exist.
class BehaviourTree {
 public:
  BehaviourTree() : nodes_(1) {}

  const Node& operator[](NodeId id) const { return nodes_[id]; }
  Node& at(NodeId id) { return nodes_[id]; }
  std::size_t size() const { return nodes_.size() - 1; }

  /// The child of `parent` for `reply`, or no_node if it is not known yet.
  NodeId child(NodeId parent, const api::Reply& reply) const {
    for (NodeId id = nodes_[parent].first_child; id != no_node; id = nodes_[id].next_sibling) {
      const api::Reply& edge = nodes_[id].edge;
      if (edge.value == reply.value && edge.spurious_failure == reply.spurious_failure) return id;
    }
    return no_node;
  }

  /// Adds a node below `parent`, or a root where that is no_node.
  NodeId add(Node node, NodeId parent, const api::Reply& edge) {
    const auto id = static_cast<NodeId>(nodes_.size());
    node.parent = parent;
    node.edge = edge;
    if (parent != no_node) {
      node.depth = nodes_[parent].depth + 1;
      node.next_sibling = nodes_[parent].first_child;
      nodes_[parent].first_child = id;
    }
    nodes_.push_back(node);
    return id;
  }

 private:
  std::deque<Node> nodes_;
};

}  // namespace heddle::runtime
