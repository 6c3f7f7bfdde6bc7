// The oracle's sc and tso against machines that run the program step by step: a memory that all
// threads share, and for tso a FIFO store buffer per thread (Owens, Sarkar & Sewell, "A Better x86
// Memory Model: x86-TSO", TPHOLs 2009). They reach the same final states, and both find the
// deadlocks.
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "checker/oracle/enumerate.hpp"
#include "checker/oracle/generate.hpp"

namespace heddle::oracle {
namespace {

using Buffer = std::vector<std::pair<int, int>>;  // location and value, the oldest first

struct MachineThread {
  int next = 0;
  bool started = false;
  bool halfway = false;  // in an await_both whose first load was satisfied
  std::array<int, max_registers> registers{};
  Buffer buffer;
  auto operator<=>(const MachineThread&) const = default;
};

struct MachineState {
  std::array<int, max_locations> memory{};
  std::vector<MachineThread> threads;
  auto operator<=>(const MachineState&) const = default;
};

class Machine {
 public:
  /// Runs the program in all ways; `buffers` makes it x86.
  Machine(const Program& program, bool buffers) : program_(program), buffers_(buffers) {
    MachineState start{program.initial, std::vector<MachineThread>(program.threads.size())};
    for (std::size_t t = 0; t < start.threads.size(); ++t) {
      start.threads[t].started = !program.is_spawned(t);
    }
    visit(start);
  }

  std::set<FinalState> states;
  bool deadlocks = false;

 private:
  void visit(const MachineState& s) {
    if (!seen_.insert(s).second) return;
    bool ended = true;
    bool stuck = true;
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      const MachineThread& thread = s.threads[t];
      if (!thread.buffer.empty()) {
        ended = stuck = false;
        MachineState after = s;
        drain(after, t);
        visit(after);
      }
      const auto at = static_cast<std::size_t>(thread.next);
      if (!thread.started || at >= program_.threads[t].size()) continue;
      ended = false;
      stuck = stuck && waits(s, program_.threads[t][at]);
      MachineState after = s;
      if (step(after, t, program_.threads[t][at])) visit(after);
    }
    if (ended) states.insert(final_state(s));
    deadlocks = deadlocks || (stuck && !ended);
  }

  /// Whether thread t runs or its stores have not all reached memory.
  bool is_busy(const MachineState& s, std::size_t t) const {
    const MachineThread& thread = s.threads[t];
    const bool runs = static_cast<std::size_t>(thread.next) < program_.threads[t].size();
    return thread.started && (runs || !thread.buffer.empty());
  }

  /// Whether the instruction waits for something that is not in memory, or for a thread.
  bool waits(const MachineState& s, const Instruction& in) const {
    if (in.kind == Kind::join) return is_busy(s, static_cast<std::size_t>(in.thread));
    const auto at = [&](int location) { return s.memory[static_cast<std::size_t>(location)]; };
    if (in.kind == Kind::await_both && at(in.location2) != in.expected2) return true;
    const bool wait =
        in.kind == Kind::lock || in.kind == Kind::await || in.kind == Kind::await_both;
    return wait && at(in.location) != in.expected;
  }

  static void drain(MachineState& s, std::size_t t) {
    Buffer& buffer = s.threads[t].buffer;
    s.memory[static_cast<std::size_t>(buffer.front().first)] = buffer.front().second;
    buffer.erase(buffer.begin());
  }

  static int read(const MachineState& s, std::size_t t, int location) {
    const Buffer& buffer = s.threads[t].buffer;
    for (auto newest = buffer.rbegin(); newest != buffer.rend(); ++newest) {
      if (newest->first == location) return newest->second;
    }
    return s.memory[static_cast<std::size_t>(location)];
  }

  void write(MachineState& s, std::size_t t, int location, int value) const {
    s.threads[t].buffer.emplace_back(location, value);
    if (!buffers_) drain(s, t);
  }

  /// Returns false if the thread can't do this now.
  bool step(MachineState& s, std::size_t t, const Instruction& in) const {
    MachineThread& thread = s.threads[t];
    ++thread.next;
    const int operand =
        in.value.constant +
        (in.value.reg < 0 ? 0 : thread.registers[static_cast<std::size_t>(in.value.reg)]);
    const int value = in.location < 0 ? 0 : read(s, t, in.location);
    if (in.into >= 0) thread.registers[static_cast<std::size_t>(in.into)] = value;
    switch (in.kind) {
      case Kind::store:
      case Kind::write:
      case Kind::unlock:
        write(s, t, in.location, operand);
        return true;
      case Kind::load:
      case Kind::read:
        return true;
      case Kind::fence:  // what must wait for the buffer is refused until it is empty
        return in.order != std::memory_order_seq_cst || thread.buffer.empty();
      case Kind::spawn:
        s.threads[static_cast<std::size_t>(in.thread)].started = true;
        return thread.buffer.empty();
      case Kind::join:
        return thread.buffer.empty() && !is_busy(s, static_cast<std::size_t>(in.thread));
      case Kind::await:
        return value == in.expected;
      case Kind::await_both:
        return await_both(s, t, in, value);
      case Kind::skip_if:
        if (operand == in.expected) thread.next += in.count;
        return true;
      default:
        return update(s, t, in, value, operand);
    }
  }

  /// The two loads of a round are two steps; a failed second load starts over.
  bool await_both(MachineState& s, std::size_t t, const Instruction& in, int first) const {
    MachineThread& thread = s.threads[t];
    if (!thread.halfway) {
      --thread.next;
      thread.halfway = true;
      return first == in.expected;
    }
    thread.halfway = false;
    if (read(s, t, in.location2) != in.expected2) --thread.next;
    return true;
  }

  bool update(MachineState& s, std::size_t t, const Instruction& in, int value, int operand) const {
    if (!s.threads[t].buffer.empty()) return false;
    auto& cell = s.memory[static_cast<std::size_t>(in.location)];
    if (in.kind == Kind::lock) {
      if (value != 0) return false;
      cell = 1;
    } else if (in.kind == Kind::fetch_add) {
      cell = value + operand;
    } else if (in.kind == Kind::exchange || value == in.expected) {
      cell = operand;
    }
    return true;
  }

  FinalState final_state(const MachineState& s) const {
    FinalState final{};
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      for (int r = 0; r < max_registers; ++r) {
        final[t] = pack(final[t], r, s.threads[t].registers[static_cast<std::size_t>(r)]);
      }
    }
    for (int l = 0; l < locations_of(program_); ++l) {
      final.back() = pack(final.back(), l, s.memory[static_cast<std::size_t>(l)]);
    }
    return final;
  }

  const Program& program_;
  bool buffers_;
  std::set<MachineState> seen_;
};

void compare(const Program& program, const char* model_name, bool buffers) {
  const Answer oracle = enumerate(program, model(model_name));
  const Machine machine(program, buffers);
  EXPECT_EQ(oracle.states, machine.states) << model_name << ", " << to_string(program);
  EXPECT_EQ(oracle.deadlocked > 0, machine.deadlocks) << model_name << ", " << to_string(program);
}

TEST(Operational, MachinesReachTheStatesOfTheAxioms) {
  std::uint64_t number = 0;
  const auto some = [&](const Program& program) {
    if (number++ % 100 != 0) return;
    compare(program, "sc", false);
    compare(program, "tso", true);
  };
  for_each_program(Family::two_by_two, some);
  for_each_program(Family::two_by_three, some);
  for_each_program(Family::three_by_two, some);
  for_each_program(Family::release_sequences, some);
  for_each_program(Family::split_threads, some);
}

TEST(Operational, MachinesReachTheStatesOfTheAxiomsOnRandomPrograms) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    compare(random_program(seed), "sc", false);
    compare(random_program(seed), "tso", true);
  }
}

}  // namespace
}  // namespace heddle::oracle
