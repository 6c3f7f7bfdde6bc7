// The native side of one scenario thread. Private to the runtime.
#pragma once

#include <string>
#include <vector>

#include "checker/runtime/program.hpp"

namespace heddle::runtime {

/// Members that describe "this run" are valid from plan() to the end of run().
struct Program::Thread {
  Thread(Program& owner, ThreadId number) : program(owner), id(number), fiber(number) {}

  Program& program;
  ThreadId id;
  fiber::Fiber fiber;
  std::string label;                       // for reports
  const std::byte* stack_begin = nullptr;  // where the scenario's own frames begin

  NodeId origin =
      no_node;          // the spawn or invariant that the fiber runs; no_node for the main thread
  NodeId at = no_node;  // where the fiber is suspended; no_node if it must be started

  // This run: Ops that are known already, then the reply to the last of them.
  std::vector<NodeId> path;
  std::size_t repeated = 0;  // how many of path were met
  api::Reply final_reply;

  NodeId last = no_node;  // the node whose reply the thread consumes
  api::Reply reply;       // that reply
  NodeId first_new = no_node;
  std::uint32_t ahead = 0;   // nodes added beyond the first new one
  std::uint32_t spawns = 0;  // since the thread's beginning
  bool round_begins = false;
  bool round_gives_up = false;   // the latest await is one that may be given up
  void* slot = nullptr;          // what the scenario keeps in Engine::thread_slot()
  bool stop_after_path = false;  // add nothing new
  fiber::Region::Access allowed = fiber::Region::Access::all;
  bool crashed = false;
  int crash_signal = 0;  // 0: it ran for too long without an Op
  const void* crash_address = nullptr;
  api::Site site;            // of the latest Op, for errors that have none
  void* exceptions[2] = {};  // the C++ runtime's record of exceptions in flight on this fiber
};

}  // namespace heddle::runtime
