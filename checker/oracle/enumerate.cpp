#include "checker/oracle/enumerate.hpp"

#include <stdexcept>
#include <string>
#include <unordered_set>

namespace heddle::oracle {
namespace {

/// How far one thread has come.
struct Progress {
  int next = 0;    // instruction
  int events = 0;  // of the thread
  bool started = false;
  bool ended = false;  // its end event was added; a thread that nobody spawned has none
  std::array<int, max_registers> registers{};
};

/// A graph and where its threads stand.
struct State {
  Graph graph;
  std::vector<Progress> threads;
};

bool is_wait(Kind kind) {
  return kind == Kind::lock || kind == Kind::await || kind == Kind::await_both;
}

bool is_update(Kind kind) {
  return kind == Kind::fetch_add || kind == Kind::exchange || kind == Kind::cas;
}

bool reads(Kind kind) { return is_wait(kind) || sets_register(kind); }

class Enumeration {
 public:
  Enumeration(const Program& program, const Model& model) : program_(program), model_(model) {}

  Answer run() {
    State s{initial_graph(program_), std::vector<Progress>(program_.threads.size())};
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      spawned_.push_back(program_.is_spawned(t));
      s.threads[t].started = !spawned_[t];
    }
    visit(std::move(s));
    return std::move(answer_);
  }

 private:
  /// The next instruction of a thread, or null at its end and before its start.
  const Instruction* next(const State& s, std::size_t t) const {
    const auto at = static_cast<std::size_t>(s.threads[t].next);
    const bool runs = s.threads[t].started && at < program_.threads[t].size();
    return runs ? &program_.threads[t][at] : nullptr;
  }

  bool must_end(const State& s, std::size_t t) const {
    return spawned_[t] && s.threads[t].started && !s.threads[t].ended && next(s, t) == nullptr;
  }

  static bool waits_for_thread(const State& s, const Instruction& in) {
    if (in.kind != Kind::join) return false;
    const Progress& other = s.threads.at(static_cast<std::size_t>(in.thread));
    return other.started && !other.ended;
  }

  /// Explores everything that a consistent state can become.
  void visit(State s) {
    // What reads nothing can be done at once: a write may be placed behind any other in coherence
    // order, and writes that are added later may still be placed before it, so nothing is lost by
    // doing it early.
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      if (must_end(s, t)) {
        s.threads[t].ended = true;
        add(s, t, {.kind = EventKind::end});
        visit(std::move(s));
        return;
      }
      const Instruction* in = next(s, t);
      if (in == nullptr || reads(in->kind) || waits_for_thread(s, *in)) continue;
      step(std::move(s), t, *in);
      return;
    }
    // The threads stand at reads, waits or their ends. Different orders of adding reads lead to the
    // same graph.
    if (!seen_.insert(identity_of(s.graph)).second) return;
    if (!can_go_on(s)) end(s);
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      const Instruction* in = next(s, t);
      if (in != nullptr && reads(in->kind)) read_all_ways(s, t, *in);
    }
  }

  /// An instruction that reads nothing.
  void step(State s, std::size_t t, const Instruction& in) {
    Progress& thread = s.threads[t];
    ++thread.next;
    switch (in.kind) {
      case Kind::skip_if:
        if (thread.registers[static_cast<std::size_t>(in.value.reg)] == in.expected) {
          thread.next += in.count;
        }
        visit(std::move(s));
        return;
      case Kind::fence:
        add(s, t, {.kind = EventKind::fence, .order = in.order});
        visit_if_consistent(std::move(s));
        return;
      case Kind::spawn:
      case Kind::join:
        create_or_join(s, t, in);
        visit(std::move(s));
        return;
      default:
        write_all_ways(std::move(s), t, in, value_of(thread, in.value), false);
    }
  }

  /// The thread goes on behind its spawn or join. Joining a thread whose spawn was skipped is no
  /// event.
  void create_or_join(State& s, std::size_t t, const Instruction& in) {
    const auto other = static_cast<std::size_t>(in.thread);
    if (in.kind == Kind::spawn) {
      add(s, t, {.kind = EventKind::spawn, .other = in.thread});
      s.threads.at(other).started = true;
      add(s, other, {.kind = EventKind::start});
    } else if (s.threads.at(other).started) {
      add(s, t, {.kind = EventKind::join, .other = in.thread});
    }
  }

  /// Adds a write at every place in coherence order behind the initial write.
  void write_all_ways(State s, std::size_t t, const Instruction& in, int value, bool rmw) {
    const int e = add(s, t,
                      {.kind = EventKind::write,
                       .plain = in.kind == Kind::write,
                       .order = in.order,
                       .location = in.location,
                       .value = value,
                       .locked = rmw,
                       .rmw_with_previous = rmw});
    const std::vector<int> before = s.graph.coherence[static_cast<std::size_t>(in.location)];
    for (std::size_t place = 1; place <= before.size(); ++place) {
      State placed = s;
      auto& order = placed.graph.coherence[static_cast<std::size_t>(in.location)];
      order.insert(order.begin() + static_cast<std::ptrdiff_t>(place), e);
      visit_if_consistent(std::move(placed));
    }
  }

  /// Lets the instruction read from every write to its location.
  void read_all_ways(const State& s, std::size_t t, const Instruction& in) {
    for (const int from : s.graph.coherence[static_cast<std::size_t>(in.location)]) {
      const int value = s.graph[from].value;
      if (is_wait(in.kind) && value != in.expected) continue;
      State after = s;
      Progress& thread = after.threads[t];
      ++thread.next;
      if (in.into >= 0) thread.registers[static_cast<std::size_t>(in.into)] = value;
      const bool failed = in.kind == Kind::cas && value != in.expected;
      add_read(after, t, in, in.location, from, failed ? in.failure : in.order);
      if (in.kind == Kind::await_both) {
        await_second(after, t, in);
      } else if (in.kind == Kind::lock) {
        write_all_ways(std::move(after), t, in, 1, true);
      } else if (is_update(in.kind) && !failed) {
        const int sum = in.kind == Kind::fetch_add ? value : 0;
        const int operand = value_of(thread, in.value);
        write_all_ways(std::move(after), t, in, sum + operand, true);
      } else {
        visit_if_consistent(std::move(after));
      }
    }
  }

  /// The second load of an await over two locations. It is added together with the first: a round
  /// in which only the first load is satisfied leaves no event.
  void await_second(const State& s, std::size_t t, const Instruction& in) {
    for (const int from : s.graph.coherence[static_cast<std::size_t>(in.location2)]) {
      if (s.graph[from].value != in.expected2) continue;
      State after = s;
      add_read(after, t, in, in.location2, from, in.order);
      visit_if_consistent(std::move(after));
    }
  }

  void add_read(State& s, std::size_t t, const Instruction& in, int location, int from,
                std::memory_order order) {
    add(s, t,
        {.kind = EventKind::read,
         .plain = in.kind == Kind::read,
         .order = order,
         .location = location,
         .value = s.graph[from].value,
         .reads_from = from,
         .locked = is_update(in.kind) || in.kind == Kind::lock});
  }

  int add(State& s, std::size_t t, Event event) {
    if (s.graph.size() == max_events) throw std::length_error(program_.name + ": too many events");
    event.thread = static_cast<int>(t);
    event.index = s.threads[t].events++;
    s.graph.events.push_back(event);
    return s.graph.size() - 1;
  }

  static int value_of(const Progress& thread, Value value) {
    const int base = value.reg < 0 ? 0 : thread.registers[static_cast<std::size_t>(value.reg)];
    return base + value.constant;
  }

  /// Dropping inconsistent graphs at once loses nothing: see Model.
  void visit_if_consistent(State s) {
    if (model_.consistent(Relations(s.graph))) visit(std::move(s));
  }

  int latest(const State& s, int location) const {
    return s.graph[s.graph.coherence[static_cast<std::size_t>(location)].back()].value;
  }

  /// Whether some thread is at a read, or at a wait that ends when it reads the coherence-latest
  /// writes.
  bool can_go_on(const State& s) const {
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      const Instruction* in = next(s, t);
      if (in == nullptr || in->kind == Kind::join) continue;
      if (!is_wait(in->kind)) return true;
      const bool second = in->kind != Kind::await_both || latest(s, in->location2) == in->expected2;
      if (latest(s, in->location) == in->expected && second) return true;
    }
    return false;
  }

  /// Records a graph whose threads are at their ends or wait for ever.
  void end(const State& s) {
    answer_.races = answer_.races || races(s.graph, model_);
    FinalState final{};
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      if (next(s, t) != nullptr) {
        ++answer_.deadlocked;
        return;
      }
      for (int r = 0; r < max_registers; ++r) {
        final[t] = pack(final[t], r, s.threads[t].registers[static_cast<std::size_t>(r)]);
      }
    }
    for (int l = 0; l < s.graph.locations; ++l) final.back() = pack(final.back(), l, latest(s, l));
    ++answer_.complete;
    answer_.states.insert(final);
  }

  /// The graph without the order in which it was grown. What each thread does follows from what its
  /// reads read.
  static std::string identity_of(const Graph& graph) {
    const auto name = [&](std::string& text, int e) {
      text += static_cast<char>(graph[e].thread);
      text += static_cast<char>(graph[e].index);
    };
    std::string reads_from[max_threads];
    for (const Event& event : graph.events) {
      if (event.kind == EventKind::read) {
        name(reads_from[event.thread], event.reads_from);
      }
    }
    std::string text;
    for (const std::string& thread : reads_from) text += thread + '\x7f';
    for (const std::vector<int>& writes : graph.coherence) {
      for (const int e : writes) name(text, e);
      text += '\x7f';
    }
    return text;
  }

  const Program& program_;
  const Model& model_;
  std::vector<bool> spawned_;
  Answer answer_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

Answer enumerate(const Program& program, const Model& model) {
  return Enumeration(program, model).run();
}

}  // namespace heddle::oracle
