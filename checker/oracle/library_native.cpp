// Library programs as scenarios.
#include <optional>

#include "checker/api/api.hpp"
#include "checker/oracle/library.hpp"
#include "checker/sync/condition_variable.hpp"
#include "checker/sync/mutex.hpp"
#include "checker/sync/semaphore.hpp"

namespace heddle::oracle::library {
namespace {

/// One mutex of each type, of which the program uses one.
struct AnyMutex {
  explicit AnyMutex(MutexType which) : type(which) {}

  /// Calls `use` with the mutex that the program means.
  template <typename Use>
  void visit(Use use) {
    switch (type) {
      case MutexType::plain:
        return use(plain);
      case MutexType::recursive:
        return use(recursive);
      case MutexType::timed:
        return use(timed);
      case MutexType::shared:
        return use(shared);
    }
  }
  void lock() {
    visit([](auto& mutex) { mutex.lock(); });
  }
  void unlock() {
    visit([](auto& mutex) { mutex.unlock(); });
  }

  MutexType type;
  sync::mutex plain;
  sync::recursive_mutex recursive;
  sync::timed_mutex timed;
  sync::shared_timed_mutex shared;
};

struct Objects {
  explicit Objects(const Program& program)
      : locks{AnyMutex(program.types[0]), AnyMutex(program.types[1])},
        semaphore(program.semaphore),
        latch(program.latch) {}

  AnyMutex locks[mutexes];
  sync::counting_semaphore<> semaphore;
  sync::latch latch;
  sync::condition_variable condition;
  api::var<int> data[datas] = {{0}, {0}};
};

class Interpreter {
 public:
  Interpreter(const std::vector<Step>& code, Objects& objects) : code_(code), objects_(objects) {}

  /// Returns the thread's registers, packed.
  std::uint64_t run() {
    for (std::size_t at = 0; at < code_.size(); ++at) {
      const Step& step = code_[at];
      if (step.call == Call::skip_if_not) {
        if (latest_ == 0) at += static_cast<std::size_t>(step.value);
      } else if (perform(step)) {
        results_ = pack(results_, registers_++, latest_);
      }
    }
    return results_;
  }

 private:
  /// Returns whether it sets a register.
  bool perform(const Step& step) {
    AnyMutex& mutex = objects_.locks[step.object];
    switch (step.call) {
      case Call::lock:
        return mutex.lock(), false;
      case Call::unlock:
        return mutex.unlock(), false;
      case Call::try_lock:
        mutex.visit([&](auto& lock) { latest_ = lock.try_lock() ? 1 : 0; });
        return true;
      case Call::lock_timed:
        latest_ = (mutex.type == MutexType::shared ? mutex.shared.try_lock_for(1)
                                                   : mutex.timed.try_lock_for(1))
                      ? 1
                      : 0;
        return true;
      case Call::lock_shared:
        return mutex.shared.lock_shared(), false;
      case Call::unlock_shared:
        return mutex.shared.unlock_shared(), false;
      case Call::get:
        return latest_ = objects_.data[step.object].get(), true;
      case Call::set:
        return objects_.data[step.object].set(step.value), false;
      default:
        return signal_or_wait(step);
    }
  }

  bool signal_or_wait(const Step& step) {
    switch (step.call) {
      case Call::take:
        return objects_.semaphore.acquire(), false;
      case Call::try_take:
        return latest_ = objects_.semaphore.try_acquire() ? 1 : 0, true;
      case Call::take_timed:
        return latest_ = objects_.semaphore.try_acquire_for(1) ? 1 : 0, true;
      case Call::give:
        return objects_.semaphore.release(), false;
      case Call::count_down:
        return objects_.latch.count_down(), false;
      case Call::latch_wait:
        return objects_.latch.wait(), false;
      case Call::wait:
        return objects_.condition.wait(objects_.locks[0]), false;
      case Call::wait_timed:
        return latest_ = objects_.condition.wait_for(objects_.locks[0], 1) ? 1 : 0, true;
      case Call::wait_value:
        return objects_.condition.wait(
                   objects_.locks[0],
                   [&] { return objects_.data[step.object].get() == step.value; }),
               false;
      case Call::notify_one:
        return objects_.condition.notify_one(), false;
      default:
        return objects_.condition.notify_all(), false;
    }
  }

  const std::vector<Step>& code_;
  Objects& objects_;
  std::uint64_t results_ = 0;
  int registers_ = 0;
  int latest_ = 0;
};

}  // namespace

std::function<void()> native_body(const Program& program, Recorder& recorder) {
  return [&program, &recorder] {
    FinalState state{};
    {
      Objects objects(program);
      std::optional<api::var<std::uint64_t>> results[max_threads];
      std::uint32_t numbers[max_threads] = {};
      const std::size_t count = program.threads.size();
      for (std::size_t t = 0; t < count; ++t) results[t].emplace(0);
      for (std::size_t t = 0; t < count; ++t) {
        numbers[t] = api::spawn([&program, &objects, &results, t] {
          results[t]->set(Interpreter(program.threads[t], objects).run());
        });
      }
      for (std::size_t t = 0; t < count; ++t) api::join(numbers[t]);
      for (std::size_t t = 0; t < count; ++t) state[t] = results[t]->get();
      for (int d = 0; d < datas; ++d) state.back() = pack(state.back(), d, objects.data[d].get());
    }
    // An Op with an answer to wait for: the end of a life may be an error, and code runs past it.
    api::choose(1);
    recorder.record(state);
  };
}

}  // namespace heddle::oracle::library
