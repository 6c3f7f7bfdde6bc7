#include "checker/oracle/native.hpp"

#include <array>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>

#include "checker/api/api.hpp"

namespace heddle::oracle {
namespace {

/// What api::var is, as plain memory. Volatile: each access is made.
template <typename T>
class Plain {
 public:
  Plain() = default;
  explicit Plain(T value) : value_(value) {}
  T get() const { return value_; }
  void set(T value) { value_ = value; }

 private:
  volatile T value_;
};

/// An object whose life begins and ends when it is told so.
template <typename T>
class Life {
 public:
  template <typename... Arguments>
  void begin(Arguments... arguments) {
    new (bytes_) T(arguments...);
    begun_ = true;
  }
  void end() { (**this).~T(); }
  bool begun() const { return begun_; }
  T& operator*() const { return *std::launder(reinterpret_cast<T*>(bytes_)); }
  T* operator->() const { return &**this; }

 private:
  alignas(T) mutable std::byte bytes_[sizeof(T)];
  bool begun_ = false;  // of the main thread, before there are others
};

/// The objects of one execution, which belong to the main thread; each location has one of its
/// three. `Variable` is api::var or Plain.
template <template <typename> typename Variable>
struct Objects {
  std::array<Life<api::atomic<int>>, max_locations> atomics;
  std::array<Life<Variable<int>>, max_locations> plain;
  std::array<Life<api::mutex>, max_locations> mutexes;
  std::array<std::optional<Variable<std::uint64_t>>, max_threads> registers;
  std::array<std::optional<Variable<std::uint32_t>>, max_threads> numbers;  // of spawned threads
};

/// Starts thread t and keeps its number, for whoever joins it: the thread that called this, and the
/// main thread once it has joined that.
template <template <typename> typename Variable>
void spawn_thread(const Program& program, Objects<Variable>& objects, std::size_t t);

/// Waits for thread t, unless its spawn was skipped.
template <template <typename> typename Variable>
void join_thread(Objects<Variable>& objects, std::size_t t) {
  const std::uint32_t number = objects.numbers[t]->get();
  if (number != 0) api::join(number);
}

template <template <typename> typename Variable>
void end_life(Objects<Variable>& objects, LocationType type, std::size_t location) {
  switch (type) {
    case LocationType::unused:
    case LocationType::atomic:
      return objects.atomics[location].end();
    case LocationType::plain:
      return objects.plain[location].end();
    case LocationType::mutex:
      return objects.mutexes[location].end();
  }
}

/// Interprets one thread. Holds no memory outside of its stack frame.
template <template <typename> typename Variable>
class Interpreter {
 public:
  Interpreter(const Program& program, std::size_t thread, Objects<Variable>& objects)
      : program_(program), code_(program.threads[thread]), objects_(objects) {}

  /// Returns the thread's registers, packed.
  std::uint64_t run() {
    for (std::size_t at = 0; at < code_.size(); ++at) {
      const Instruction& in = code_[at];
      if (in.kind == Kind::skip_if) {
        if (get(in.value.reg) == in.expected) at += static_cast<std::size_t>(in.count);
      } else if (sets_register(in.kind)) {
        registers_ = pack(registers_, in.into, read(in));
      } else {
        perform(in);
      }
    }
    return registers_;
  }

 private:
  int get(int reg) const { return unpack(registers_, reg); }
  int value_of(Value value) const { return value.constant + (value.reg < 0 ? 0 : get(value.reg)); }
  api::atomic<int>& atomic(int location) {
    return *objects_.atomics[static_cast<std::size_t>(location)];
  }

  int read(const Instruction& in) {
    switch (in.kind) {
      case Kind::fetch_add:
        return atomic(in.location).fetch_add(value_of(in.value), in.order);
      case Kind::exchange:
        return atomic(in.location).exchange(value_of(in.value), in.order);
      case Kind::cas: {
        int expected = in.expected;
        if (program_.spurious) {
          atomic(in.location)
              .compare_exchange_weak(expected, value_of(in.value), in.order, in.failure);
        } else {
          atomic(in.location)
              .compare_exchange_strong(expected, value_of(in.value), in.order, in.failure);
        }
        return expected;
      }
      case Kind::retry_add: {
        int seen = 0;
        do {
          seen = atomic(in.location).load(std::memory_order_relaxed);
        } while (!atomic(in.location)
                      .compare_exchange_strong(seen, seen + value_of(in.value), in.order,
                                               std::memory_order_relaxed));
        return seen;
      }
      case Kind::try_lock:
        return objects_.mutexes[static_cast<std::size_t>(in.location)]->try_lock() ? 1 : 0;
      case Kind::choose:
        return static_cast<int>(api::choose(static_cast<std::uint32_t>(in.count)));
      case Kind::timed_await:
        if (api::choose(2) == 1) return 0;
        api::await_or_give_up([&] { return atomic(in.location).load(in.order) == in.expected; });
        return 1;
      case Kind::read:
        return objects_.plain[static_cast<std::size_t>(in.location)]->get();
      default:
        return atomic(in.location).load(in.order);
    }
  }

  void perform(const Instruction& in) {
    const auto location = static_cast<std::size_t>(in.location);
    switch (in.kind) {
      case Kind::store:
        return atomic(in.location).store(value_of(in.value), in.order);
      case Kind::fence:
        return api::fence(in.order);
      case Kind::write:
        return objects_.plain[location]->set(value_of(in.value));
      case Kind::lock:
        return objects_.mutexes[location]->lock();
      case Kind::unlock:
        return objects_.mutexes[location]->unlock();
      case Kind::spawn:
        return spawn_thread(program_, objects_, static_cast<std::size_t>(in.thread));
      case Kind::join:
        return join_thread(objects_, static_cast<std::size_t>(in.thread));
      case Kind::spin:
        while (atomic(in.location).load(in.order) != in.expected) {
        }
        return;
      case Kind::cas_until: {
        int expected = 0;
        do {
          expected = in.expected;
        } while (!atomic(in.location)
                      .compare_exchange_strong(expected, value_of(in.value), in.order, in.failure));
        return;
      }
      case Kind::check:
        return api::check(value_of(in.value) == in.expected, "the register has another value");
      case Kind::assume:
        return api::assume(value_of(in.value) == in.expected);
      case Kind::destroy:
        return end_life(objects_, type_of(program_, in.location), location);
      case Kind::await:
        return api::await([&] { return atomic(in.location).load(in.order) == in.expected; });
      default:
        return api::await([&] {
          return atomic(in.location).load(in.order) == in.expected &&
                 atomic(in.location2).load(in.order) == in.expected2;
        });
    }
  }

  const Program& program_;
  const std::vector<Instruction>& code_;
  Objects<Variable>& objects_;
  std::uint64_t registers_ = 0;
};

template <template <typename> typename Variable>
void spawn_thread(const Program& program, Objects<Variable>& objects, std::size_t t) {
  objects.numbers[t]->set(api::spawn([&program, &objects, t] {
    objects.registers[t]->set(Interpreter<Variable>(program, t, objects).run());
  }));
}

/// Makes the objects, named as in to_string(Program).
template <template <typename> typename Variable>
void construct(const Program& program, Objects<Variable>& objects) {
  static constexpr std::array<const char*, max_locations> names = {"x",  "y",  "z",  "l3",
                                                                   "l4", "l5", "l6", "l7"};
  for (std::size_t l = 0; l < static_cast<std::size_t>(locations_of(program)); ++l) {
    switch (type_of(program, static_cast<int>(l))) {
      case LocationType::unused:
      case LocationType::atomic:
        program.uninitialised[l] ? objects.atomics[l].begin()
                                 : objects.atomics[l].begin(program.initial[l]);
        api::name(*objects.atomics[l], names[l]);
        break;
      case LocationType::plain:
        program.uninitialised[l] ? objects.plain[l].begin()
                                 : objects.plain[l].begin(program.initial[l]);
        api::name(*objects.plain[l], names[l]);
        break;
      case LocationType::mutex:
        objects.mutexes[l].begin();
        api::name(*objects.mutexes[l], names[l]);
        break;
    }
  }
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    objects.registers[t].emplace(0);
    objects.numbers[t].emplace(0);
  }
}

template <template <typename> typename Variable>
FinalState final_state(const Program& program, const Objects<Variable>& objects) {
  FinalState state{};
  for (std::size_t t = 0; t < program.threads.size(); ++t) state[t] = objects.registers[t]->get();
  for (int l = 0; l < locations_of(program); ++l) {
    const auto at = static_cast<std::size_t>(l);
    int value = 0;  // of a mutex
    if (!is_shown_at_end(program, l)) continue;
    if (objects.atomics[at].begun()) value = objects.atomics[at]->load(std::memory_order_relaxed);
    if (objects.plain[at].begun()) value = objects.plain[at]->get();
    state.back() = pack(state.back(), l, value);
  }
  return state;
}

template <template <typename> typename Variable>
void run(const Program& program, Objects<Variable>& objects, Recorder& recorder) {
  construct(program, objects);
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    if (!program.is_spawned(t)) spawn_thread(program, objects, t);
  }
  // Whoever spawns a thread comes before it.
  for (std::size_t t = 0; t < program.threads.size(); ++t) join_thread(objects, t);
  const FinalState state = final_state(program, objects);
  for (int l = 0; l < locations_of(program); ++l) {
    if (program.destroys(l)) continue;
    end_life(objects, type_of(program, l), static_cast<std::size_t>(l));
  }
  // An Op with an answer to wait for: the end of a life may be an error, and code runs past it.
  api::choose(1);
  recorder.record(state);
}

}  // namespace

void Recorder::record(const FinalState& state) {
  for (const FinalState& known : seen_) {
    if (known == state) return;
  }
  if (seen_.size() == capacity_) {
    dropped_ = true;
  } else {
    seen_.push_back(state);
  }
}

std::set<FinalState> Recorder::states() const {
  if (dropped_) throw std::length_error("more final states than the recorder has room for");
  return {seen_.begin(), seen_.end()};
}

std::function<void()> native_body(const Program& program, Recorder& recorder, Data data) {
  return [&program, &recorder, data] {
    if (data == Data::plain_on_heap) {
      run(program, *std::make_unique<Objects<Plain>>(), recorder);
    } else if (data == Data::plain_on_stack) {
      Objects<Plain> objects;
      run(program, objects, recorder);
    } else {
      Objects<api::var> objects;
      run(program, objects, recorder);
    }
  };
}

}  // namespace heddle::oracle
