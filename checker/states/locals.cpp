#include "checker/states/locals.hpp"

namespace heddle::states {

using runtime::Node;

LocalId Locals::first(NodeId node) {
  const NodeId root = node == no_node ? program_.main_root() : program_.root_of(node);
  return number_of(first_like(root), 0);
}

LocalId Locals::after(LocalId from, const api::Reply& reply, AccessesId accesses) {
  std::uint64_t hash = reply.value * 0x9e37'79b9'7f4a'7c15 + from;
  hash = (hash ^ hash >> 29) * 0xbf58'476d'1ce4'e5b9 + accesses;
  Known& known = known_[(hash ^ hash >> 32) % known_steps];
  const bool is_known = known.from == from && known.accesses == accesses &&
                        known.value == reply.value && known.spurious == reply.spurious_failure;
  if (!is_known) {
    const NodeId node = first_like(program_.next(locals_[from].node, reply));
    known = {.value = reply.value,
             .from = from,
             .accesses = accesses,
             .to = number_of(node, accesses),
             .spurious = reply.spurious_failure};
  }
  return known.to;
}

LocalId Locals::number_of(NodeId node, AccessesId accesses) {
  const std::uint64_t key = std::uint64_t{node} << 32 | accesses;
  const auto [known, fresh] = numbers_.try_emplace(key, static_cast<LocalId>(locals_.size()));
  if (fresh) locals_.push_back({node, accesses});
  return known->second;
}

NodeId Locals::first_like(NodeId id) {
  if (id < first_like_.size() && first_like_[id] != no_node) return first_like_[id];
  const Node& node = program_[id];
  NodeId result = id;
  if (node.retry != no_node) {
    result = first_like(node.retry);
  } else if (node.state.known()) {
    const Key key{
        .state = node.state,
        .place = std::uint64_t{node.thread} << 32 | static_cast<std::uint64_t>(node.op.kind) << 16 |
                 std::uint64_t{node.failures} << 8 | std::uint64_t{node.head_of_round} << 2 |
                 std::uint64_t{node.gives_up} << 1 | std::uint64_t{node.behind_await},
        .origin = node.origin,
        .address = node.op.address};
    result = nodes_.try_emplace(key, id).first->second;
  }
  if (id >= first_like_.size()) first_like_.resize(2 * std::size_t{id} + 1, no_node);
  return first_like_[id] = result;
}

}  // namespace heddle::states
