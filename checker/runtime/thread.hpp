// The native side of one scenario thread. Private to the runtime.
#pragma once

#include <string>
#include <vector>

#include "checker/fiber/floating_point.hpp"
#include "checker/memory/notes.hpp"
#include "checker/memory/view.hpp"
#include "checker/runtime/program.hpp"
#include "checker/runtime/waiting.hpp"

namespace heddle::runtime {

/// "0x12ab"
std::string hex(const void* address);

/// Members that describe "this run" are valid from plan() to the end of run().
struct Program::Thread {
  Thread(Program& owner, ThreadId number)
      : program(owner),
        id(number),
        fiber(number),
        thread_locals(owner.thread_local_layout_, fiber.region().thread_locals()) {}

  Program& program;
  ThreadId id;
  fiber::Fiber fiber;
  fiber::ThreadLocals thread_locals;  // if has_thread_locals_
  struct ExitFunction {
    void (*destructor)(void*);
    void* object;
  };
  std::vector<ExitFunction> exit_functions;  // of thread_local variables
  ExitFunction next_exit_function{};
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
  std::uint32_t joins = 0;
  bool round_begins = false;        // an await's predicate, up to its first atomic access
  bool behind_await = false;        // an await's begin or retry is the latest that the thread did
  NodeId round_read = no_node;      // the first plain read of that part
  bool round_writes = false;        // there is a plain write in it
  bool round_gives_up = false;      // the latest await is one that may be given up
  std::uint64_t hidden_states = 0;  // calls so far that have a state of their own
  std::uint64_t hidden_before_round = 0;  // of them, before the await's predicate was evaluated
  fiber::FloatingPoint arithmetic;        // as the thread left it where it asked for the latest Op
  void* slot = nullptr;                   // what the scenario keeps in Engine::thread_slot()
  bool stop_after_path = false;           // add nothing new
  fiber::Region::Access allowed = fiber::Region::Access::own;
  std::size_t readable = 0;  // bytes of the arena, by its children
  bool in_handler = false;   // suspended in the handler of a fault
  bool crashed = false;
  int crash_signal = 0;           // 0: it ran for too long without an Op
  int waits_in = no_system_call;  // that it was given up in
  const void* crash_address = nullptr;
  api::Site site;  // of the latest Op, for errors that have none

  // Plain memory (shared_memory.cpp, shared_blocks.cpp).
  std::vector<memory::View> views;           // the shared blocks that it touches between two Ops
  std::size_t in_place_views = 0;            // the first ones, which stay: stacks
  std::vector<std::uint32_t> shared_blocks;  // per area: how many it has allocated
  bool is_verified = false;                  // all that it does is compared with what is known
  bool is_watched = true;                    // its plain accesses up to its next Op are
  bool copies_value = false;                 // the checker copies a value of its, by its code
  bool learnt = false;                       // its accesses tell something new of shared blocks
  const void* foreign = nullptr;             // it touched memory there that turns out to be shared
  memory::Fault fault = memory::Fault::elsewhere;  // what a fault that ended it was

  // Memory whose accesses are announced (announced.cpp).
  memory::Notes notes;  // the shared cells that it accessed since its latest Op that may order

  void* exceptions[2] = {};  // the C++ runtime's record of exceptions in flight on this fiber
};

}  // namespace heddle::runtime
