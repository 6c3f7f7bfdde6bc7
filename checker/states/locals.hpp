// The local states of threads: nodes of the behaviour tree, equal ones taken together.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "checker/runtime/program.hpp"
#include "checker/states/accesses.hpp"

namespace heddle::states {

using runtime::no_node;
using runtime::NodeId;

/// A thread's local state, by number: where it stands, and what it accessed since its latest step
/// that others can see. 0: the thread was not started.
using LocalId = std::uint32_t;
inline constexpr LocalId not_started = 0;

struct Local {
  NodeId node = no_node;
  AccessesId accesses = 0;
};

/// Gives numbers to local states. Two nodes of one thread are the same state if the thread
/// remembers the same at both (Node::state) and asks for the same.
class Locals {
 public:
  explicit Locals(runtime::Program& program) : program_(program), locals_(1) {}

  const Local& operator[](LocalId id) const { return locals_[id]; }
  const runtime::Node& node(LocalId id) const { return program_[locals_[id].node]; }
  runtime::Program& program() const { return program_; }

  /// The first state of the main thread, or of the thread that the spawn at `node` starts.
  LocalId first(NodeId node);
  /// The state behind a reply to what is asked for in `from`, with other accesses. A thread that
  /// comes back to an earlier state is there.
  LocalId after(LocalId from, const api::Reply& reply, AccessesId accesses);
  LocalId number_of(NodeId node, AccessesId accesses);

 private:
  NodeId first_like(NodeId node);

  /// A step of one thread that is known.
  struct Known {
    std::uint64_t value = 0;
    LocalId from = not_started;  // not_started: the place is empty
    AccessesId accesses = 0;
    LocalId to = not_started;
    bool spurious = false;
  };
  static constexpr std::size_t known_steps = 1 << 14;

  struct Key {
    runtime::State state;
    std::uint64_t place = 0;  // thread, kind of Op, and flags
    NodeId origin = no_node;
    const void* address = nullptr;

    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return key.state.low ^ key.place * 0x9e37'79b9'7f4a'7c15;
    }
  };

  runtime::Program& program_;
  std::vector<Local> locals_;
  std::vector<Known> known_{known_steps};  // the latest of those with the same hash
  std::vector<NodeId> first_like_;         // by node; no_node: not known yet
  std::unordered_map<Key, NodeId, Hash> nodes_;
  std::unordered_map<std::uint64_t, LocalId> numbers_;  // by node and accesses
};

}  // namespace heddle::states
