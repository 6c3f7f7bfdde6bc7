#include "checker/sync/systemwide_fence.hpp"

#include <bit>
#include <cstddef>
#include <limits>
#include <new>

#include "checker/api/atomic.hpp"
#include "checker/api/control.hpp"
#include "checker/sync/interrupts.hpp"
#include "checker/sync/thread_value.hpp"

// The caller asks for a fence by a number. The other threads look for requests behind each of their
// Ops, and where they see a new one, they execute a fence and answer. Since a look may find an old
// value, the fence has every place that it may have. The caller goes on once all have answered; an
// execution in which one never looks again, because it waits for the caller say, is dropped: the
// same with an earlier fence is explored, too.
//
// Of the plain accesses between two Ops, the fence is ahead of all. What is wrong if it comes
// behind some shows without it: in an execution whose caller still waits, dropped or not.
namespace heddle::sync {
namespace {

using Word = api::atomic<std::uint64_t>;
using enum std::memory_order;
using api::OpKind;

constexpr std::uint64_t most_threads = 64;
constexpr std::uint64_t main_seat = most_threads;
/// The answer to all that will ever be asked.
constexpr std::uint64_t left = std::numeric_limits<std::uint32_t>::max();

// Modelled objects are known by their addresses and hold nothing.
constinit std::byte places[3 + most_threads + 1];
Word& word(std::size_t place) { return *reinterpret_cast<Word*>(&places[place]); }

Word& requests() { return word(0); }
Word& next_seat() { return word(1); }
/// A bit for each seat but the main thread's whose answer() can be read.
Word& seats() { return word(2); }
/// The newest request that the thread on a seat has answered, and in the upper half the one that it
/// had answered before.
Word& answer(std::uint64_t seat) { return word(3 + seat); }
/// Later answers say the same and more: an execution that reads one is like one that reads this.
bool is_first_answer(std::uint64_t answer, std::uint64_t request) {
  return (answer & left) >= request && answer >> 32 < request;
}

/// What a thread knows of itself.
struct Self {
  std::uint64_t& seat;  // from 1; 0: none, as in invariants
  std::uint64_t& answered;
  std::uint64_t& answered_in_await;
  std::uint64_t& busy;  // with Ops of this file
};
constinit std::byte keys[4];

Self self(const api::Site& site) {
  return {thread_value(&keys[0], site), thread_value(&keys[1], site), thread_value(&keys[2], site),
          thread_value(&keys[3], site)};
}

class Busy {
 public:
  explicit Busy(Self self) : busy_(self.busy) { ++busy_; }
  ~Busy() { --busy_; }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

 private:
  std::uint64_t& busy_;
};

void give_answer(const Self& me, std::uint64_t request, const api::Site& site) {
  answer(me.seat - 1).store(me.answered << 32 | request, release, site);
  me.answered = request;
}

/// Whether other Ops can tell on which side of such a one a fence is.
bool is_noticed(OpKind kind) {
  using enum OpKind;
  return api::is_atomic_access(kind) || kind == fence || kind == lock || kind == try_lock ||
         kind == unlock || kind == spawn || kind == join;
}

void look(const Self& me, const api::Site& site) {
  if (me.answered == left) return;
  const Busy busy(me);
  const std::uint64_t request = requests().load(acquire, site);
  if (request == me.answered) return;
  api::fence(seq_cst, site);
  give_answer(me, request, site);
  me.answered_in_await = 1;
}

void around(const api::Op* op, bool behind) {
  if (api::engine(op->site).thread_slot() == nullptr) return;
  const Self me = self(op->site);
  if (me.seat == 0 || me.busy != 0) return;
  if (op->kind == OpKind::await_begin) me.answered_in_await = 0;
  if (behind && is_noticed(op->kind)) look(me, op->site);
  // A round of an await that fails changes nothing, so the fence might have been ahead of it.
  if (op->kind == OpKind::await_retry && me.answered_in_await != 0) {
    const Busy busy(me);
    api::skip_unless(false, op->site);
  }
}

/// A thread that has left and goes on after all, as after() does behind the threads.
void come_back(const Self& me, const api::Site& site) {
  me.answered = requests().load(acquire, site);
  give_answer(me, me.answered, site);
}

/// The thread begins behind the fences that its creator has executed, so they are none of its own.
std::uint64_t create(const api::Site& site) {
  const Self me = self(site);
  if (me.seat == 0) return 0;
  const Busy busy(me);
  if (me.answered == left) come_back(me, site);
  const std::uint64_t seat = next_seat().fetch_add(1, relaxed, site);
  if (seat >= most_threads) {
    api::misuse("beside a fence of the whole system there may be at most 64 threads", site);
  }
  new (&answer(seat)) Word(me.answered, site);
  api::name(answer(seat), "answer to system-wide fences", site);
  seats().fetch_or(std::uint64_t{1} << seat, release, site);
  return me.answered << 32 | (seat + 1);
}

void start(std::uint64_t created, const api::Site& site) {
  if (created == 0) return;
  const Self me = self(site);
  me.seat = created & left;
  me.answered = created >> 32;
  look(me, site);
}

void leave(const api::Site& site) {
  const Self me = self(site);
  if (me.seat == 0 || me.answered == left) return;
  const Busy busy(me);
  api::fence(seq_cst, site);
  give_answer(me, left, site);
}

/// The call, up to where others have answered.
void ask(const Self& me, const api::Site& site) {
  const Busy busy(me);
  const std::uint64_t request = requests().fetch_add(1, acq_rel, site) + 1;
  // Also for those that asked before.
  api::fence(seq_cst, site);
  if (me.answered != left) give_answer(me, request, site);
  // The main thread first, since it has started most of the others. A thread that answered may have
  // started further ones before.
  const auto wait_for = [&](std::uint64_t seat) {
    api::await_or_give_up(
        [&] { return is_first_answer(answer(seat).load(acquire, site), request); }, site);
  };
  const bool is_main = me.seat - 1 == main_seat;
  if (!is_main) wait_for(main_seat);
  std::uint64_t done = is_main ? 0 : std::uint64_t{1} << (me.seat - 1);
  while (const std::uint64_t waiting = seats().load(acquire, site) & ~done) {
    wait_for(static_cast<std::uint64_t>(std::countr_zero(waiting)));
    done |= waiting & -waiting;
  }
  api::fence(seq_cst, site);
}

constexpr Interrupts calls = {.create = create, .start = start, .leave = leave};

const bool installed = [] {
  interrupts = &calls;
  api::around_op = around;
  return true;
}();

}  // namespace

void systemwide_fence(api::Site site) {
  const Self me = self(site);
  if (me.seat == 0) api::misuse("a fence of the whole system in an invariant", site);
  ask(me, site);
  look(me, site);
}

void begin_systemwide_fences() {
  static_cast<void>(installed);
  for (Word* word : {&requests(), &next_seat(), &seats()}) new (word) Word(0);
  api::name(requests(), "system-wide fences");
  new (&answer(main_seat)) Word(0);
  self(api::Site::current()).seat = main_seat + 1;
}

void end_systemwide_fences() {
  leave(api::Site::current());
  const Busy busy(self(api::Site::current()));
  std::uint64_t made = seats().load(relaxed);
  for (; made != 0; made &= made - 1) {
    answer(static_cast<std::uint64_t>(std::countr_zero(made))).~Word();
  }
  for (Word* word : {&requests(), &next_seat(), &seats(), &answer(main_seat)}) word->~Word();
}

}  // namespace heddle::sync
