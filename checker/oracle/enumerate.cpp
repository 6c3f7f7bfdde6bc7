#include "checker/oracle/enumerate.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <unordered_set>

#include "checker/oracle/lives.hpp"
#include "checker/oracle/state.hpp"

namespace heddle::oracle {
namespace {

class Enumeration {
 public:
  Enumeration(const Program& program, const Model& model) : program_(program), model_(model) {
    looks_for_lives_ = program.has(Kind::destroy);
    for (const bool each : program.uninitialised) looks_for_lives_ = looks_for_lives_ || each;
  }

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
  const Instruction* next(const State& s, std::size_t t) const {
    return next_instruction(program_, s, t);
  }

  bool must_end(const State& s, std::size_t t) const {
    const Progress& thread = s.threads[t];
    return spawned_[t] && thread.started && !thread.ended && !thread.failed && !thread.dropped &&
           next(s, t) == nullptr;
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
      if (in != nullptr && stops(s, t, *in)) {
        visit(std::move(s));
        return;
      }
      if (in == nullptr || reads(in->kind) || waits_for_thread(s, *in)) continue;
      step(std::move(s), t, *in);
      return;
    }
    // The threads stand at reads, waits or their ends. Different orders of adding reads lead to the
    // same graph.
    if (!seen_.insert(identity_of(s)).second) return;
    if (looks_for_lives_) {
      for (const Flaw flaw : flaws_of_lives(program_, model_, s)) add_undefined(flaw);
    }
    if (!can_go_on(s)) end(s);
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      const Instruction* in = next(s, t);
      if (in != nullptr && reads(in->kind)) read_all_ways(s, t, *in);
    }
  }

  /// Stops the thread if its next instruction is an error, or an assumption that fails.
  bool stops(State& s, std::size_t t, const Instruction& in) {
    Progress& thread = s.threads[t];
    const auto fails = [&](Flaw flaw) {
      answer_.flaws.insert(flaw);
      return thread.failed = true;
    };
    if (in.kind == Kind::lock && holds(s, t, in.location)) return fails(Flaw::locked_twice);
    if (in.kind == Kind::unlock && !holds(s, t, in.location)) {
      // Of a mutex whose life has ended it is two errors, and no event says so.
      if (is_destroyed(s, in.location)) add_undefined(Flaw::use_after_free);
      return fails(Flaw::unlocked_unowned);
    }
    if (in.kind != Kind::check && in.kind != Kind::assume) return false;
    if (value_of(thread, in.value) == in.expected) return false;
    if (in.kind == Kind::check) return fails(Flaw::failed_check);
    return thread.dropped = true;
  }

  /// Whether the thread's latest own write to the mutex took it.
  static bool holds(const State& s, std::size_t t, int mutex) {
    bool held = false;
    for (const Event& event : s.graph.events) {
      if (event.thread != static_cast<int>(t) || event.location != mutex) continue;
      if (event.kind == EventKind::write) held = event.value != 0;
    }
    return held;
  }

  static bool is_destroyed(const State& s, int location) {
    return std::any_of(s.graph.events.begin(), s.graph.events.end(), [&](const Event& event) {
      return event.kind == EventKind::destroy && event.other == location;
    });
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
      case Kind::destroy:
        add(s, t, {.kind = EventKind::destroy, .other = in.location});
        visit(std::move(s));
        return;
      case Kind::check:
      case Kind::assume:
        visit(std::move(s));
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
    if (in.kind == Kind::choose) return choose_all_ways(s, t, in);
    if (in.kind == Kind::timed_await && !s.threads[t].patient) return give_up_or_wait(s, t, in);
    for (const int from : s.graph.coherence[static_cast<std::size_t>(in.location)]) {
      const int value = s.graph[from].value;
      const bool expected = value == in.expected;
      if (is_wait(in.kind) && !expected) continue;
      if (in.kind == Kind::retry_add) {
        State after = s;
        add_read(after, t, in, in.location, from, std::memory_order_relaxed);
        if (model_.consistent(Relations(after.graph))) retry_add(after, t, in, value);
        continue;
      }
      const bool fails = may_fail(in.kind) && !expected;
      read_from(s, t, in, from, fails);
      if (program_.spurious && may_fail(in.kind) && !fails) read_from(s, t, in, from, true);
    }
  }

  /// `fails`: it does not write, although it is an update.
  void read_from(const State& s, std::size_t t, const Instruction& in, int from, bool fails) {
    const int value = s.graph[from].value;
    State after = s;
    Progress& thread = after.threads[t];
    ++thread.next;
    thread.patient = false;
    set(thread, in, value);
    if (in.kind == Kind::try_lock) set(thread, in, fails ? 0 : 1);
    if (in.kind == Kind::timed_await) set(thread, in, 1);
    if (program_.spurious && may_fail(in.kind)) thread.choices += fails ? 'f' : 's';
    add_read(after, t, in, in.location, from, fails ? in.failure : in.order);
    if (in.kind == Kind::await_both) {
      await_second(after, t, in);
    } else if (is_update(in.kind) && !fails) {
      write_all_ways(std::move(after), t, in, value_written(thread, in, value), true);
    } else {
      visit_if_consistent(std::move(after));
    }
  }

  static int value_written(const Progress& thread, const Instruction& in, int read) {
    if (in.kind == Kind::lock || in.kind == Kind::try_lock) return 1;
    return value_of(thread, in.value) + (in.kind == Kind::fetch_add ? read : 0);
  }

  static void set(Progress& thread, const Instruction& in, int value) {
    if (in.into >= 0) thread.registers[static_cast<std::size_t>(in.into)] = value;
  }

  /// The compare_exchange that ends the loop behind a load of `value`. That both read one value is
  /// all that the loop asks for. Rounds that failed only add constraints.
  void retry_add(const State& s, std::size_t t, const Instruction& in, int value) {
    for (const int from : s.graph.coherence[static_cast<std::size_t>(in.location)]) {
      if (s.graph[from].value != value) continue;
      State after = s;
      Progress& thread = after.threads[t];
      ++thread.next;
      set(thread, in, value);
      add_read(after, t, in, in.location, from, in.order);
      after.graph.events.back().locked = true;
      write_all_ways(std::move(after), t, in, value + value_of(thread, in.value), true);
    }
  }

  void choose_all_ways(const State& s, std::size_t t, const Instruction& in) {
    for (int value = 0; value < in.count; ++value) {
      State after = s;
      Progress& thread = after.threads[t];
      ++thread.next;
      set(thread, in, value);
      thread.choices += static_cast<char>('0' + value);
      visit(std::move(after));
    }
  }

  void give_up_or_wait(const State& s, std::size_t t, const Instruction& in) {
    State waiting = s;
    waiting.threads[t].patient = true;
    waiting.threads[t].choices += 'w';
    visit(std::move(waiting));
    State gone = s;
    ++gone.threads[t].next;
    set(gone.threads[t], in, 0);
    gone.threads[t].choices += 'g';
    visit(std::move(gone));
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
         .locked = is_update(in.kind)});
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

  /// Whether some thread is at a read, or at a wait that ends when it reads the coherence-latest
  /// writes.
  bool can_go_on(const State& s) const {
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      const Instruction* in = next(s, t);
      if (in == nullptr || in->kind == Kind::join) continue;
      if (!is_wait(in->kind)) return true;
      if (in->kind == Kind::timed_await && !s.threads[t].patient) return true;
      const bool second = in->kind != Kind::await_both || latest(s, in->location2) == in->expected2;
      if (latest(s, in->location) == in->expected && second) return true;
    }
    return false;
  }

  /// Records a graph whose threads are at their ends, stopped, or wait for ever.
  void end(const State& s) {
    if (races(s.graph, model_)) add_undefined(Flaw::race);
    bool failed = false;
    bool dropped = false;
    bool waits = false;
    bool may_give_up = false;
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      failed = failed || s.threads[t].failed;
      dropped = dropped || s.threads[t].dropped;
      waits = waits || next(s, t) != nullptr;
      may_give_up = may_give_up || s.threads[t].patient;
    }
    if (!failed && !dropped && !waits && keeps_a_lock(s)) {
      answer_.flaws.insert(Flaw::destroyed_locked);
      failed = true;
    }
    if (failed) {
      ++answer_.failed;
    } else if (dropped) {
      return;
    } else if (may_give_up) {
      ++answer_.given_up;
    } else if (waits) {
      answer_.flaws.insert(Flaw::endless_wait);
      ++answer_.deadlocked;
    } else {
      ++answer_.complete;
      answer_.states.insert(final_state(s));
    }
  }

  /// Whether the main thread finds a mutex held when it ends the lives that no thread has ended.
  bool keeps_a_lock(const State& s) const {
    for (int l = 0; l < s.graph.locations; ++l) {
      const bool mutex = type_of(program_, l) == LocationType::mutex;
      if (mutex && !program_.destroys(l) && latest(s, l) != 0) return true;
    }
    return false;
  }

  FinalState final_state(const State& s) const {
    FinalState final{};
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      for (int r = 0; r < max_registers; ++r) {
        final[t] = pack(final[t], r, s.threads[t].registers[static_cast<std::size_t>(r)]);
      }
    }
    for (int l = 0; l < s.graph.locations; ++l) {
      if (is_shown_at_end(program_, l)) final.back() = pack(final.back(), l, latest(s, l));
    }
    return final;
  }

  void add_undefined(Flaw flaw) {
    answer_.flaws.insert(flaw);
    answer_.undefined = true;
    answer_.races = answer_.races || flaw == Flaw::race;
  }

  const Program& program_;
  const Model& model_;
  bool looks_for_lives_ = false;
  std::vector<bool> spawned_;
  Answer answer_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

std::string to_string(Flaw flaw) {
  switch (flaw) {
    case Flaw::race:
      return "data race";
    case Flaw::use_after_free:
      return "use after free";
    case Flaw::double_free:
      return "double free";
    case Flaw::uninitialised_read:
      return "uninitialised read";
    case Flaw::failed_check:
      return "assertion failed";
    case Flaw::endless_wait:
      return "deadlock";
    case Flaw::locked_twice:
      return "recursive lock";
    case Flaw::unlocked_unowned:
      return "unlock without ownership";
    case Flaw::destroyed_locked:
      return "destruction of a held lock";
  }
  return "?";
}

Answer enumerate(const Program& program, const Model& model) {
  return Enumeration(program, model).run();
}

}  // namespace heddle::oracle
