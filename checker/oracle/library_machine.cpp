// The machine. Where a thread can do nothing but wake up for no reason, it waits.
#include <algorithm>
#include <stdexcept>

#include "checker/oracle/library.hpp"

namespace heddle::oracle::library {
namespace {

enum class Phase : std::uint8_t {
  start,
  enqueues,  // of wait_value, which found another value
  waits,     // in the queue of the condition variable
  relocks,   // was woken, and needs the mutex
};

struct Thread {
  int next = 0;
  Phase phase = Phase::start;
  bool timed_out = false;
  int registers = 0;  // set so far
  int latest = 0;
  std::uint64_t results = 0;
  auto operator<=>(const Thread&) const = default;
};

struct Mutex {
  int owner = -1;
  int depth = 0;
  std::uint32_t readers = 0;  // a bit per thread
  auto operator<=>(const Mutex&) const = default;
};

struct State {
  std::vector<Thread> threads;
  std::array<Mutex, mutexes> locks;
  std::array<int, datas> data{};
  int semaphore = 0;
  int latch = 0;
  auto operator<=>(const State&) const = default;
};

class Machine {
 public:
  explicit Machine(const Program& program) : program_(program) {}

  Answer run() {
    State start;
    start.threads.resize(program_.threads.size());
    start.semaphore = program_.semaphore;
    start.latch = program_.latch;
    reach(start);
    while (!open_.empty()) {
      const State s = open_.back();
      open_.pop_back();
      visit(s);
    }
    return std::move(answer_);
  }

 private:
  void reach(const State& s) {
    if (seen_.insert(s).second) open_.push_back(s);
  }

  const Step* next(const State& s, std::size_t t) const {
    const auto at = static_cast<std::size_t>(s.threads[t].next);
    return at < program_.threads[t].size() ? &program_.threads[t][at] : nullptr;
  }

  void visit(const State& s) {
    look_for_races(s);
    bool ended = true;
    moved_ = false;
    for (std::size_t t = 0; t < s.threads.size(); ++t) {
      const Step* step = next(s, t);
      if (step == nullptr) continue;
      ended = false;
      move(s, t, *step);
    }
    if (ended) {
      answer_.states.insert(final_state(s));
    } else if (!moved_) {
      answer_.flaws.insert(Flaw::endless_wait);
    }
  }

  /// Two threads that are about to access the same data, one of them to write it.
  void look_for_races(const State& s) {
    for (std::size_t a = 0; a < s.threads.size(); ++a) {
      for (std::size_t b = 0; b < s.threads.size(); ++b) {
        const Step* first = next(s, a);
        const Step* second = next(s, b);
        if (a == b || first == nullptr || second == nullptr || first->call != Call::set) continue;
        const bool reads = second->call == Call::get || second->call == Call::set ||
                           (second->call == Call::wait_value && s.threads[b].phase == Phase::start);
        if (!reads || first->object != second->object) continue;
        answer_.races = answer_.undefined = true;
        answer_.flaws.insert(Flaw::race);
      }
    }
  }

  /// The thread is behind its step.
  void done(State s, std::size_t t) {
    Thread& thread = s.threads[t];
    ++thread.next;
    thread.phase = Phase::start;
    thread.timed_out = false;
    moved_ = true;
    reach(s);
  }

  void done_with(State s, std::size_t t, int result) {
    Thread& thread = s.threads[t];
    thread.results = pack(thread.results, thread.registers++, result);
    thread.latest = result;
    done(std::move(s), t);
  }

  void move(const State& s, std::size_t t, const Step& step) {
    State after = s;
    switch (step.call) {
      case Call::lock:
      case Call::try_lock:
      case Call::lock_timed:
        return lock(s, t, step);
      case Call::unlock:
        release(after, t, step.object);
        return done(std::move(after), t);
      case Call::lock_shared:
        if (s.locks[at(step.object)].owner >= 0) return;
        after.locks[at(step.object)].readers |= 1U << t;
        return done(std::move(after), t);
      case Call::unlock_shared:
        if ((s.locks[at(step.object)].readers >> t & 1) == 0) misuse();
        after.locks[at(step.object)].readers &= ~(1U << t);
        return done(std::move(after), t);
      case Call::take:
      case Call::try_take:
      case Call::take_timed:
        return take(s, t, step);
      case Call::give:
        ++after.semaphore;
        return done(std::move(after), t);
      case Call::count_down:
        if (--after.latch < 0) misuse();
        return done(std::move(after), t);
      case Call::latch_wait:
        if (s.latch == 0) done(std::move(after), t);
        return;
      case Call::get:
        return done_with(std::move(after), t, s.data[at(step.object)]);
      case Call::set:
        after.data[at(step.object)] = step.value;
        return done(std::move(after), t);
      case Call::skip_if_not:
        if (s.threads[t].latest == 0) after.threads[t].next += step.value;
        return done(std::move(after), t);
      case Call::notify_one:
      case Call::notify_all:
        return notify(s, t, step.call == Call::notify_all);
      default:
        return wait(s, t, step);
    }
  }

  void lock(const State& s, std::size_t t, const Step& step) {
    State after = s;
    Mutex& mutex = after.locks[at(step.object)];
    const bool mine = mutex.owner == static_cast<int>(t);
    if (mine && program_.types[at(step.object)] != MutexType::recursive) misuse();
    if ((mutex.readers >> t & 1) != 0) misuse();
    if (!mine && (mutex.owner >= 0 || mutex.readers != 0)) {
      if (step.call != Call::lock) done_with(std::move(after), t, 0);
      return;
    }
    mutex.owner = static_cast<int>(t);
    ++mutex.depth;
    step.call == Call::lock ? done(std::move(after), t) : done_with(std::move(after), t, 1);
  }

  static void release(State& s, std::size_t t, int object) {
    Mutex& mutex = s.locks[at(object)];
    if (mutex.owner != static_cast<int>(t)) misuse();
    if (--mutex.depth == 0) mutex.owner = -1;
  }

  void take(const State& s, std::size_t t, const Step& step) {
    State after = s;
    if (s.semaphore == 0) {
      if (step.call != Call::take) done_with(std::move(after), t, 0);
      return;
    }
    --after.semaphore;
    step.call == Call::take ? done(std::move(after), t) : done_with(std::move(after), t, 1);
  }

  void wait(const State& s, std::size_t t, const Step& step) {
    State after = s;
    Thread& thread = after.threads[t];
    switch (thread.phase) {
      case Phase::start:
        if (step.call == Call::wait_value) {
          if (s.data[at(step.object)] == step.value) return done(std::move(after), t);
          thread.phase = Phase::enqueues;
          return go_on(after);
        }
        [[fallthrough]];
      case Phase::enqueues:
        if (s.locks[0].depth != 1) misuse();
        release(after, t, 0);
        thread.phase = Phase::waits;
        return go_on(after);
      case Phase::waits:
        thread.phase = Phase::relocks;
        reach(after);  // for no reason: that may happen, but nobody may rely on it
        if (step.call != Call::wait_timed) return;
        thread.timed_out = true;
        return go_on(after);
      case Phase::relocks:
        if (s.locks[0].owner >= 0 || s.locks[0].readers != 0) return;
        after.locks[0] = {.owner = static_cast<int>(t), .depth = 1};
        if (step.call == Call::wait) return done(std::move(after), t);
        if (step.call == Call::wait_timed) {
          return done_with(std::move(after), t, thread.timed_out ? 0 : 1);
        }
        thread.phase = Phase::start;
        return go_on(after);
    }
  }

  void go_on(const State& s) {
    moved_ = true;
    reach(s);
  }

  void notify(const State& s, std::size_t t, bool all) {
    State everyone = s;
    bool nobody = true;
    for (std::size_t other = 0; other < s.threads.size(); ++other) {
      if (s.threads[other].phase != Phase::waits) continue;
      nobody = false;
      everyone.threads[other].phase = Phase::relocks;
      State one = s;
      one.threads[other].phase = Phase::relocks;
      if (!all) done(std::move(one), t);
    }
    if (all || nobody) done(std::move(everyone), t);
  }

  FinalState final_state(const State& s) const {
    FinalState final{};
    for (std::size_t t = 0; t < s.threads.size(); ++t) final[t] = s.threads[t].results;
    for (int d = 0; d < datas; ++d) final.back() = pack(final.back(), d, s.data[at(d)]);
    for (const Mutex& mutex : s.locks) {
      if (mutex.owner >= 0 || mutex.readers != 0) misuse();
    }
    return final;
  }

  static std::size_t at(int index) { return static_cast<std::size_t>(index); }

  [[noreturn]] static void misuse() {
    throw std::invalid_argument("the program uses a lock wrongly");
  }

  const Program& program_;
  std::set<State> seen_;
  std::vector<State> open_;
  Answer answer_;
  bool moved_ = false;
};

}  // namespace

Answer explore(const Program& program) { return Machine(program).run(); }

}  // namespace heddle::oracle::library
