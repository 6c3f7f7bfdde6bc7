#include "checker/runtime/behaviour.hpp"

namespace heddle::runtime {

bool has_fixed_reply(api::OpKind kind) {
  using enum api::OpKind;
  return kind != load && !api::is_read_modify_write(kind) && kind != read && kind != try_lock &&
         kind != choose && kind != view && kind != join;
}

api::Reply fixed_reply(const Node& node) {
  if (node.op.kind == api::OpKind::spawn) return {.value = node.op.expected};
  return {};
}

std::size_t BehaviourTree::hash(NodeId parent, const api::Reply& reply) {
  std::uint64_t mixed =
      (reply.value + (reply.spurious_failure ? 0x5bd1'e995u : 0u)) * 0x9e37'79b9'7f4a'7c15;
  mixed = (mixed ^ (mixed >> 29) ^ parent) * 0xbf58'476d'1ce4'e5b9;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32));
}

NodeId BehaviourTree::child(NodeId parent, const api::Reply& reply) const {
  if (index_.empty()) return no_node;
  const std::size_t mask = index_.size() - 1;
  for (std::size_t i = hash(parent, reply) & mask; index_[i] != no_node; i = (i + 1) & mask) {
    const Node& node = (*this)[index_[i]];
    if (node.parent == parent && node.edge.value == reply.value &&
        node.edge.spurious_failure == reply.spurious_failure) {
      return index_[i];
    }
  }
  return no_node;
}

NodeId BehaviourTree::add(Node node, NodeId parent, const api::Reply& edge) {
  node.parent = parent;
  node.edge = edge;
  node.used = true;
  NodeId id = end_;
  if (free_.empty()) {
    if ((end_ >> chunk_bits) >= chunks_.size()) {
      chunks_.push_back(std::make_unique<Node[]>(std::size_t{1} << chunk_bits));
    }
    ++end_;
  } else {
    id = free_.back();
    free_.pop_back();
  }
  at(id) = node;
  ++live_;
  if (index_.size() < 2 * (live_ + 1)) {
    rebuild_index();
  } else {
    index(id);
  }
  return id;
}

void BehaviourTree::index(NodeId id) {
  const Node& node = (*this)[id];
  if (node.parent == no_node) return;
  const std::size_t mask = index_.size() - 1;
  std::size_t i = hash(node.parent, node.edge) & mask;
  for (; index_[i] != no_node; i = (i + 1) & mask) {
    const Node& other = (*this)[index_[i]];
    const bool same = other.parent == node.parent && other.edge.value == node.edge.value &&
                      other.edge.spurious_failure == node.edge.spurious_failure;
    if (same) break;
  }
  index_[i] = id;
}

void BehaviourTree::rebuild_index() {
  std::size_t size = 1024;
  while (size < 4 * (live_ + 1)) size *= 2;
  index_.assign(size, no_node);
  for (NodeId id = 1; id < end_; ++id) {
    if ((*this)[id].used) index(id);
  }
}

void BehaviourTree::forget_all_but(std::vector<NodeId> keep) {
  std::vector<bool> kept(end_, false);
  while (!keep.empty()) {
    const NodeId id = keep.back();
    keep.pop_back();
    if (id == no_node || kept[id]) continue;
    kept[id] = true;
    const Node& node = (*this)[id];
    keep.insert(keep.end(), {node.parent, node.origin, node.retry});
  }
  free_.clear();
  live_ = 0;
  for (NodeId id = end_; --id > 0;) {
    at(id).used = kept[id];
    if (kept[id]) {
      ++live_;
    } else {
      free_.push_back(id);
    }
  }
  rebuild_index();
}

}  // namespace heddle::runtime
