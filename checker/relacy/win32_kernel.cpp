#include "checker/relacy/win32_kernel.hpp"

#include <new>

#include "checker/api/api.hpp"
#include "checker/sync/thread_value.hpp"
#include "checker/sync/wait_queue.hpp"

namespace rl::kernel32 {
namespace {

namespace api = heddle::api;

using StateVar = api::var<State>;
using Seat = api::atomic<std::uint32_t>;  // 0 while its thread waits, then what it got plus 1

struct Waiter {
  Wait wait;
  Seat* seat;
  std::uint32_t thread;
};

struct Waiters {
  static constexpr std::uint32_t most = 8;
  Waiter each[most];
  std::uint32_t count;

  void remove(std::uint32_t at) {
    --count;
    for (; at < count; ++at) each[at] = each[at + 1];
    each[count] = {};
  }
};

// Objects of the execution at addresses that stand for them. One lock for all, as Windows' own
// dispatcher has it: so calls about different objects order memory, too.
constinit std::byte places[2] = {};
const char seat_key = 0;
const char time_out_key = 0;

api::mutex& dispatcher() { return *reinterpret_cast<api::mutex*>(&places[0]); }
api::var<Waiters>& waiters() { return *reinterpret_cast<api::var<Waiters>*>(&places[1]); }
StateVar& state_of(rl_HANDLE object) { return *reinterpret_cast<StateVar*>(object); }

/// Beside its state each object has a word that is 0 where nobody could get it: looking at that is
/// no more than a load, so a loop that only looks is a wait. Its order is that of the calls.
using Open = api::atomic<std::uint32_t>;
Open& open_of(rl_HANDLE object) {
  return *reinterpret_cast<Open*>(reinterpret_cast<std::byte*>(object) + 1);
}

void set_state(rl_HANDLE object, const State& state, debug_info info) {
  state_of(object).set(state, info);
  // Its owner can always get a mutex, and whether a thread owns it only the state says.
  const bool open = state.count > 0 || state.kind == Kind::mutex;
  open_of(object).store(open ? 1 : 0, std::memory_order_seq_cst, info);
}

class Dispatch {
 public:
  explicit Dispatch(debug_info info) : info_(info) { dispatcher().lock(info_); }
  ~Dispatch() { dispatcher().unlock(info_); }
  Dispatch(const Dispatch&) = delete;
  Dispatch& operator=(const Dispatch&) = delete;

 private:
  debug_info info_;
};

bool available(rl_HANDLE object, std::uint32_t thread, debug_info info) {
  const State state = state_of(object).get(info);
  if (state.kind == Kind::mutex) return state.count == 0 || state.owner == thread;
  return state.count > 0;
}

void take(rl_HANDLE object, std::uint32_t thread, debug_info info) {
  State state = state_of(object).get(info);
  if (state.kind == Kind::manual_event || state.kind == Kind::thread) return;
  if (state.kind == Kind::mutex) {
    ++state.count;
    state.owner = thread;
  } else {
    --state.count;
  }
  set_state(object, state, info);
}

/// If the wait of the thread can end, takes what it waits for and returns the index plus 1.
std::uint32_t try_take(const Wait& wait, std::uint32_t thread, debug_info info) {
  std::uint32_t ready = 0;
  while (ready < wait.count && available(wait.objects[ready], thread, info) == wait.all) ++ready;
  if (wait.all) {
    if (ready < wait.count) return 0;
    for (std::uint32_t i = 0; i < wait.count; ++i) take(wait.objects[i], thread, info);
    return 1;
  }
  if (ready == wait.count) return 0;
  take(wait.objects[ready], thread, info);
  return ready + 1;
}

bool could_take(const Waiter& waiter, debug_info info) {
  bool all = true, any = false;
  for (std::uint32_t i = 0; i < waiter.wait.count; ++i) {
    const bool is = available(waiter.wait.objects[i], waiter.thread, info);
    all = all && is;
    any = any || is;
  }
  return waiter.wait.all ? all : any;
}

/// Ends the waits that can end now, in every order.
void hand_over(debug_info info) {
  for (;;) {
    Waiters list = waiters().get(info);
    std::uint32_t able[Waiters::most];
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < list.count; ++i) {
      if (could_take(list.each[i], info)) able[count++] = i;
    }
    if (count == 0) return;
    const std::uint32_t at = able[count == 1 ? 0 : api::choose(count, info)];
    const Waiter waiter = list.each[at];
    const std::uint32_t got = try_take(waiter.wait, waiter.thread, info);
    list.remove(at);
    waiters().set(list, info);
    waiter.seat->store(got, std::memory_order_release, info);
  }
}

bool add(rl_HANDLE object, std::uint32_t amount, std::uint32_t* before, debug_info info) {
  State state = state_of(object).get(info);
  if (before != nullptr) *before = state.count;
  switch (state.kind) {
    case Kind::semaphore:
      if (amount > state.maximum - state.count) return false;
      state.count += amount;
      break;
    case Kind::mutex:
      if (state.count == 0 || state.owner != api::thread_index()) {
        api::fail(api::Failure::unlocked_unowned, "a thread releases a mutex that it does not own",
                  info);
      }
      --state.count;
      break;
    case Kind::thread:
      if (amount != 0) {
        api::fail(api::Failure::thread_signalled, "a thread is no object to be signalled", info);
      }
      state.count = 1;
      break;
    default:
      state.count = 1;
  }
  set_state(object, state, info);
  hand_over(info);
  return true;
}

Seat& seat_of_caller(debug_info info) {
  std::uint64_t& mine = heddle::sync::thread_value(&seat_key, info);
  if (mine == 0) {
    void* const memory = api::engine(info).thread_memory(sizeof(Seat));
    mine = reinterpret_cast<std::uint64_t>(new (memory) Seat(0, info));
  }
  return *reinterpret_cast<Seat*>(mine);
}

void enqueue(const Wait& wait, Seat& seat, debug_info info) {
  Waiters list = waiters().get(info);
  if (list.count == Waiters::most) api::misuse("more than 8 threads wait for kernel objects", info);
  list.each[list.count++] = {wait, &seat, api::thread_index()};
  waiters().set(list, info);
}

/// Time ran out: takes the calling thread out of those that wait, unless it got something first,
/// which another branch explores.
void leave(debug_info info) {
  const Dispatch dispatch(info);
  Waiters list = waiters().get(info);
  std::uint32_t at = 0;
  while (at < list.count && list.each[at].thread != api::thread_index()) ++at;
  api::skip_unless(at < list.count, info);
  list.remove(at);
  waiters().set(list, info);
}

unsigned long sleep(Seat& seat, bool timed, debug_info info) {
  if (timed) {
    std::uint64_t& used = heddle::sync::thread_value(&time_out_key, info);
    if (used == 0 ? api::choose_end_of_wait(2, info) == 1
                  : api::gives_up_again(heddle::sync::one_time_out, info)) {
      used = 1;
      leave(info);
      return rl_WAIT_TIMEOUT;
    }
  }
  std::uint32_t got = 0;
  const auto woken = [&] { return (got = seat.load(std::memory_order_acquire, info)) != 0; };
  if (timed) {
    api::await_or_give_up(woken, info);
  } else {
    api::await(woken, info);
  }
  seat.store(0, std::memory_order_relaxed, info);
  return rl_WAIT_OBJECT_0 + got - 1;
}

}  // namespace

rl_HANDLE create(State state, debug_info info) {
  void* const memory =
      state.kind == Kind::thread ? api::engine(info).thread_memory(16) : operator new(16);
  const auto object = static_cast<rl_HANDLE>(memory);
  new (memory) StateVar(state, info);
  const bool open = state.count > 0 || state.kind == Kind::mutex;
  new (&open_of(object)) Open(open ? 1 : 0, info);
  return object;
}

void close(rl_HANDLE object, debug_info info) {
  Kind kind{};
  {
    const Dispatch dispatch(info);
    const State state = state_of(object).get(info);
    kind = state.kind;
    if (kind == Kind::mutex && state.count != 0) {
      api::fail(api::Failure::destroyed_locked, "a mutex is closed while it is owned", info);
    }
  }
  if (kind == Kind::thread) return;  // it signals its object at its end
  open_of(object).~Open();
  state_of(object).~StateVar();
  operator delete(object);
}

bool signal(rl_HANDLE object, std::uint32_t amount, std::uint32_t* before, debug_info info) {
  const Dispatch dispatch(info);
  return add(object, amount, before, info);
}

void reset(rl_HANDLE object, debug_info info) {
  const Dispatch dispatch(info);
  State state = state_of(object).get(info);
  state.count = 0;
  set_state(object, state, info);
}

void pulse(rl_HANDLE object, debug_info info) {
  const Dispatch dispatch(info);
  add(object, 1, nullptr, info);
  State state = state_of(object).get(info);
  state.count = 0;
  set_state(object, state, info);
}

unsigned long wait(const Wait& wait, unsigned long timeout, rl_HANDLE first, debug_info info) {
  if (timeout == 0 && first == nullptr && wait.count == 1 &&
      open_of(wait.objects[0]).load(std::memory_order_seq_cst, info) == 0) {
    return rl_WAIT_TIMEOUT;
  }
  Seat* seat = nullptr;
  {
    const Dispatch dispatch(info);
    if (first != nullptr && !add(first, 1, nullptr, info)) return rl_WAIT_FAILED;
    const std::uint32_t got = try_take(wait, api::thread_index(), info);
    if (got != 0) return rl_WAIT_OBJECT_0 + got - 1;
    if (timeout == 0) return rl_WAIT_TIMEOUT;
    seat = &seat_of_caller(info);
    enqueue(wait, *seat, info);
  }
  return sleep(*seat, timeout != rl_INFINITE, info);
}

void begin() {
  new (&places[0]) api::mutex;
  new (&places[1]) api::var<Waiters>(Waiters{});
}

void end() {
  waiters().~var();
  dispatcher().~mutex();
}

}  // namespace rl::kernel32
