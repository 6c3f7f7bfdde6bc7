// Library programs as text, at random, and smaller.
#include <algorithm>
#include <map>

#include "checker/oracle/dice.hpp"
#include "checker/oracle/library.hpp"

namespace heddle::oracle::library {
namespace {

struct Word {
  const char* text;
  bool object;  // it says which
  bool value;
};

Word word_for(Call call) {
  static const std::map<Call, Word> words = {
      {Call::lock, {"lock m", true, false}},
      {Call::try_lock, {"try_lock m", true, false}},
      {Call::lock_timed, {"try_lock_for m", true, false}},
      {Call::unlock, {"unlock m", true, false}},
      {Call::lock_shared, {"lock_shared m", true, false}},
      {Call::unlock_shared, {"unlock_shared m", true, false}},
      {Call::take, {"take", false, false}},
      {Call::try_take, {"try_take", false, false}},
      {Call::take_timed, {"try_take_for", false, false}},
      {Call::give, {"give", false, false}},
      {Call::count_down, {"count_down", false, false}},
      {Call::latch_wait, {"latch_wait", false, false}},
      {Call::wait, {"wait", false, false}},
      {Call::wait_timed, {"wait_for", false, false}},
      {Call::wait_value, {"wait until d", true, true}},
      {Call::notify_one, {"notify_one", false, false}},
      {Call::notify_all, {"notify_all", false, false}},
      {Call::get, {"get d", true, false}},
      {Call::set, {"set d", true, true}},
      {Call::skip_if_not, {"if not, skip", false, true}},
  };
  return words.at(call);
}

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : dice_(seed) {}

  Program program() {
    Program program;
    for (MutexType& type : program.types) type = static_cast<MutexType>(dice_.roll(4));
    program.semaphore = dice_.roll(2);
    program.latch = dice_.roll(3);
    left_ = program.latch;
    types_ = program.types;
    tries_ = dice_.one_in(2);
    const int threads = 2 + dice_.roll(2);
    for (int t = 0; t < threads; ++t) program.threads.push_back(thread(threads == 2 ? 6 : 4));
    return program;
  }

 private:
  std::vector<Step> thread(std::size_t enough) {
    std::vector<Step> code;
    waited_ = timed_semaphore_ = false;
    timed_lock_ = {};
    while (code.size() < enough) {
      switch (dice_.roll(4)) {
        case 0:
          code.push_back(access());
          break;
        case 1:
          signal(code);
          break;
        default:
          section(code);
      }
    }
    return code;
  }

  Step access() {
    const int data = dice_.roll(datas);
    return dice_.one_in(2) ? Step{Call::get, data} : Step{Call::set, data, 1 + dice_.roll(2)};
  }

  void signal(std::vector<Step>& code) {
    switch (dice_.roll(6)) {
      case 0:
        return code.push_back({Call::give});
      case 1:
        return code.push_back({dice_.one_in(2) ? Call::notify_one : Call::notify_all});
      case 2:
        if (left_ > 0 && left_-- > 0) return code.push_back({Call::count_down});
        return code.push_back({Call::latch_wait});
      case 3:
        if (!tries_) return code.push_back({Call::take});
        return code.push_back({Call::try_take});
      case 4:
        if (!tries_ || timed_semaphore_) return code.push_back({Call::take});
        timed_semaphore_ = true;
        return code.push_back({Call::take_timed});
      default:
        return code.push_back({Call::take});
    }
  }

  /// Something under a lock.
  void section(std::vector<Step>& code) {
    const int mutex = dice_.roll(mutexes);
    const MutexType type = types_[static_cast<std::size_t>(mutex)];
    if (type == MutexType::shared && dice_.one_in(2)) {
      code.push_back({Call::lock_shared, mutex});
      code.push_back(access());
      return code.push_back({Call::unlock_shared, mutex});
    }
    if (tries_ && dice_.one_in(2)) return attempt(code, mutex, type);
    code.push_back({Call::lock, mutex});
    if (mutex == 0 && !waited_ && dice_.one_in(2)) {
      wait(code);
    } else if (type == MutexType::recursive && dice_.one_in(2)) {
      code.push_back({Call::lock, mutex});
      code.push_back({Call::unlock, mutex});
    } else if (dice_.one_in(3)) {
      code.push_back({Call::lock, 1 - mutex});
      code.push_back(access());
      code.push_back({Call::unlock, 1 - mutex});
    }
    code.push_back(dice_.one_in(4) ? Step{Call::notify_one} : access());
    code.push_back({Call::unlock, mutex});
  }

  void attempt(std::vector<Step>& code, int mutex, MutexType type) {
    bool& timed = timed_lock_[static_cast<std::size_t>(mutex)];
    const bool has_times = type == MutexType::timed || type == MutexType::shared;
    const bool with_time = has_times && !timed && dice_.one_in(2);
    timed = timed || with_time;
    code.push_back({with_time ? Call::lock_timed : Call::try_lock, mutex});
    code.push_back({Call::skip_if_not, 0, 2});
    code.push_back(access());
    code.push_back({Call::unlock, mutex});
  }

  void wait(std::vector<Step>& code) {
    waited_ = true;
    if (tries_ && dice_.one_in(3)) return code.push_back({Call::wait_timed});
    if (dice_.one_in(3)) return code.push_back({Call::wait});
    code.push_back({Call::wait_value, dice_.roll(datas), 1 + dice_.roll(2)});
  }

  Dice dice_;
  std::array<MutexType, mutexes> types_{};
  std::array<bool, mutexes> timed_lock_{};
  bool timed_semaphore_ = false;
  bool waited_ = false;
  bool tries_ = false;
  int left_ = 0;  // of the latch
};

}  // namespace

bool Program::has(Call call) const {
  return std::any_of(threads.begin(), threads.end(), [call](const auto& code) {
    return std::any_of(code.begin(), code.end(),
                       [call](const Step& step) { return step.call == call; });
  });
}

bool Program::tries() const {
  return has(Call::try_lock) || has(Call::lock_timed) || has(Call::try_take) ||
         has(Call::take_timed) || has(Call::wait_timed);
}

std::string to_string(const Program& program) {
  static constexpr std::array types = {"mutex", "recursive_mutex", "timed_mutex",
                                       "shared_timed_mutex"};
  std::string text = program.name + ": semaphore " + std::to_string(program.semaphore) +
                     ", latch " + std::to_string(program.latch);
  for (const MutexType type : program.types) {
    text += std::string(", ") + types[static_cast<std::size_t>(type)];
  }
  text += "\n";
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    text += "  T" + std::to_string(t + 1) + ": ";
    for (const Step& step : program.threads[t]) {
      const Word word = word_for(step.call);
      text += word.text + (word.object ? std::to_string(step.object) : "") +
              (word.value ? " " + std::to_string(step.value) : "") + "; ";
    }
    text += "\n";
  }
  return text;
}

Program random_program(std::uint64_t seed) {
  Program program = Generator(seed).program();
  program.name = "library " + std::to_string(seed);
  return program;
}

Program shrink(const Program& program, const std::function<bool(const Program&)>& fails) {
  const auto at = [](std::size_t i) { return static_cast<std::ptrdiff_t>(i); };
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    const auto& code = program.threads[t];
    for (std::size_t i = 0; i < code.size(); ++i) {
      // A lock and its unlock only go together.
      for (std::size_t j = i; j < code.size(); ++j) {
        Program smaller = program;
        auto& rest = smaller.threads[t];
        if (j > i) rest.erase(rest.begin() + at(j));
        rest.erase(rest.begin() + at(i));
        if (fails(smaller)) return shrink(smaller, fails);
      }
    }
  }
  return program;
}

}  // namespace heddle::oracle::library
