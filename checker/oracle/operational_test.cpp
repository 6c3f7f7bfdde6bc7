// The oracle's sc and tso against machines that run the program step by step: a memory that all
// threads share, and for tso a FIFO store buffer per thread (Owens, Sarkar & Sewell, "A Better x86
// Memory Model: x86-TSO", TPHOLs 2009). They reach the same final states, and both find the
// deadlocks.
#include <gtest/gtest.h>

#include <algorithm>
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
  bool halfway = false;    // in an await_both whose first load was satisfied
  bool patient = false;    // at a timed wait that is not to give up
  bool failed = false;     // stopped by an error
  bool dropped = false;    // stopped by an assumption
  std::uint32_t held = 0;  // a bit per mutex
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
  bool fails = false;

 private:
  void visit(const MachineState& s) {
    if (!seen_.insert(s).second) return;
    bool ended = true;
    bool stuck = true;
    bool settled = true;  // nobody was stopped, or might still give up
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      const MachineThread& thread = s.threads[t];
      if (!thread.buffer.empty()) {
        ended = stuck = false;
        MachineState after = s;
        drain(after, t);
        visit(after);
      }
      fails = fails || thread.failed;
      settled = settled && !thread.failed && !thread.dropped && !thread.patient;
      const auto at = static_cast<std::size_t>(thread.next);
      if (!thread.started || at >= program_.threads[t].size()) continue;
      ended = false;
      if (thread.failed || thread.dropped) continue;
      const Instruction& in = program_.threads[t][at];
      stuck = stuck && waits(s, t, in);
      for (int alternative = 0; alternative < alternatives(thread, in); ++alternative) {
        MachineState after = s;
        if (step(after, t, in, alternative)) visit(after);
      }
    }
    const bool kept = ended && keeps_a_lock(s);
    fails = fails || kept;
    if (ended && !kept) states.insert(final_state(s));
    deadlocks = deadlocks || (stuck && !ended && settled);
  }

  /// In how many ways the instruction may be done.
  int alternatives(const MachineThread& thread, const Instruction& in) const {
    if (in.kind == Kind::choose) return in.count;
    if (in.kind == Kind::timed_await) return thread.patient ? 1 : 2;
    return program_.spurious && (in.kind == Kind::cas || in.kind == Kind::try_lock) ? 2 : 1;
  }

  bool keeps_a_lock(const MachineState& s) const {
    for (int l = 0; l < locations_of(program_); ++l) {
      const bool mutex = type_of(program_, l) == LocationType::mutex;
      if (mutex && s.memory[static_cast<std::size_t>(l)] != 0) return true;
    }
    return false;
  }

  /// Whether thread t runs or its stores have not all reached memory.
  bool is_busy(const MachineState& s, std::size_t t) const {
    const MachineThread& thread = s.threads[t];
    const bool runs = static_cast<std::size_t>(thread.next) < program_.threads[t].size() ||
                      thread.failed || thread.dropped;
    return thread.started && (runs || !thread.buffer.empty());
  }

  /// Whether the instruction waits for something that is not in memory, or for a thread.
  bool waits(const MachineState& s, std::size_t t, const Instruction& in) const {
    if (in.kind == Kind::join) return is_busy(s, static_cast<std::size_t>(in.thread));
    const auto at = [&](int location) { return s.memory[static_cast<std::size_t>(location)]; };
    if (in.kind == Kind::await_both && at(in.location2) != in.expected2) return true;
    const bool mine = (s.threads[t].held >> std::max(in.location, 0) & 1) != 0;
    const bool wait = (in.kind == Kind::lock && !mine) || in.kind == Kind::await ||
                      in.kind == Kind::await_both || in.kind == Kind::spin ||
                      in.kind == Kind::cas_until ||
                      (in.kind == Kind::timed_await && s.threads[t].patient);
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
  bool step(MachineState& s, std::size_t t, const Instruction& in, int alternative) const {
    MachineThread& thread = s.threads[t];
    if (stops(thread, in)) return true;
    ++thread.next;
    const int operand =
        in.value.constant +
        (in.value.reg < 0 ? 0 : thread.registers[static_cast<std::size_t>(in.value.reg)]);
    const int value = in.location < 0 ? 0 : read(s, t, in.location);
    if (in.into >= 0) thread.registers[static_cast<std::size_t>(in.into)] = value;
    switch (in.kind) {
      case Kind::choose:
        set(thread, in, alternative);
        return true;
      case Kind::timed_await:
        return timed_await(thread, in, value, alternative);
      case Kind::check:
      case Kind::assume:
        return true;
      case Kind::unlock:
        thread.held &= ~(1U << in.location);
        [[fallthrough]];
      case Kind::store:
      case Kind::write:
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
      case Kind::spin:
        return value == in.expected;
      case Kind::await_both:
        return await_both(s, t, in, value);
      case Kind::skip_if:
        if (operand == in.expected) thread.next += in.count;
        return true;
      default:
        return update(s, t, in, value, operand, alternative == 1);
    }
  }

  static void set(MachineThread& thread, const Instruction& in, int value) {
    thread.registers[static_cast<std::size_t>(in.into)] = value;
  }

  /// Whether the thread goes no further, which it then notes.
  static bool stops(MachineThread& thread, const Instruction& in) {
    const bool held = (thread.held >> std::max(in.location, 0) & 1) != 0;
    if (in.kind == Kind::lock || in.kind == Kind::unlock) {
      return thread.failed = held == (in.kind == Kind::lock);
    }
    if (in.kind != Kind::check && in.kind != Kind::assume) return false;
    const bool wrong = thread.registers[static_cast<std::size_t>(in.value.reg)] != in.expected;
    bool& stopped = in.kind == Kind::check ? thread.failed : thread.dropped;
    stopped = wrong;
    return wrong;
  }

  static bool timed_await(MachineThread& thread, const Instruction& in, int value,
                          int alternative) {
    if (thread.patient) {
      thread.patient = false;
      set(thread, in, 1);
      return value == in.expected;
    }
    set(thread, in, 0);
    if (alternative == 1) return true;
    thread.patient = true;
    --thread.next;
    return true;
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

  bool update(MachineState& s, std::size_t t, const Instruction& in, int value, int operand,
              bool fails_anyway) const {
    MachineThread& thread = s.threads[t];
    if (!thread.buffer.empty()) return false;
    auto& cell = s.memory[static_cast<std::size_t>(in.location)];
    const bool met = value == in.expected;
    const bool must = in.kind == Kind::lock || in.kind == Kind::cas_until;
    if ((must && !met) || (fails_anyway && !met)) return false;
    const bool locks = in.kind == Kind::lock || in.kind == Kind::try_lock;
    if (in.kind == Kind::try_lock) set(thread, in, met && !fails_anyway ? 1 : 0);
    if (fails_anyway) return true;
    if (locks && met) {
      cell = 1;
      thread.held |= 1U << in.location;
    } else if (in.kind == Kind::fetch_add || in.kind == Kind::retry_add) {
      cell = value + operand;
    } else if (!locks && (in.kind == Kind::exchange || met)) {
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
  EXPECT_EQ(oracle.failed > 0, machine.fails) << model_name << ", " << to_string(program);
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

TEST(Operational, MachinesReachTheStatesOfTheAxiomsOnProgramsWithFeatures) {
  for (const auto feature :
       {Feature::loops, Feature::locks, Feature::timeouts, Feature::spurious}) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      compare(random_program(feature, seed), "sc", false);
      compare(random_program(feature, seed), "tso", true);
    }
  }
}

}  // namespace
}  // namespace heddle::oracle
