// Graphs in the making, and where their threads stand.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "checker/oracle/graph.hpp"
#include "checker/oracle/program.hpp"

namespace heddle::oracle {

/// How far one thread has come.
struct Progress {
  int next = 0;    // instruction
  int events = 0;  // of the thread
  bool started = false;
  bool ended = false;    // its end event was added; a thread that nobody spawned has none
  bool failed = false;   // goes no further: something is wrong
  bool dropped = false;  // goes no further: an assumption fails
  bool patient = false;  // at a timed wait that is not to give up
  std::array<int, max_registers> registers{};
  std::string choices;  // that no event tells
};

/// A graph and where its threads stand.
struct State {
  Graph graph;
  std::vector<Progress> threads;
};

/// Whether it goes on only when it reads what is expected.
inline bool is_wait(Kind kind) {
  return kind == Kind::lock || kind == Kind::await || kind == Kind::await_both ||
         kind == Kind::spin || kind == Kind::cas_until || kind == Kind::timed_await;
}

inline bool may_fail(Kind kind) { return kind == Kind::cas || kind == Kind::try_lock; }

/// Whether it reads and writes in one step, or tries to.
inline bool is_update(Kind kind) {
  return kind == Kind::fetch_add || kind == Kind::exchange || kind == Kind::lock ||
         kind == Kind::cas_until || may_fail(kind);
}

inline bool reads(Kind kind) { return is_wait(kind) || sets_register(kind); }

/// The next instruction of a thread, or null at its end and before its start.
const Instruction* next_instruction(const Program& program, const State& s, std::size_t t);

/// The value of the coherence-latest write.
int latest(const State& s, int location);

/// The graph without the order in which it was grown. What each thread does follows from what its
/// reads read and what it chose.
std::string identity_of(const State& s);

}  // namespace heddle::oracle
