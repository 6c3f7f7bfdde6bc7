// Programs drawn from a seed.
#include "checker/oracle/dice.hpp"
#include "checker/oracle/generate.hpp"

namespace heddle::oracle {
namespace {

using namespace ops;

constexpr int plain_location = 2;
constexpr int first_mutex = 3;

/// Which features a program has, beside atomics.
struct Flavour {
  bool fences;
  bool updates;
  bool guards;
  bool plain;
  bool awaits;
  int mutexes;
  bool creation;  // of threads by others than the main thread
};

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : dice_(seed) {
    flavour_ = {.fences = dice_.one_in(2),
                .updates = dice_.one_in(2),
                .guards = dice_.one_in(4),
                .plain = dice_.one_in(3),
                .awaits = dice_.one_in(3),
                .mutexes = dice_.one_in(3) ? 1 + dice_.roll(2) : 0,
                .creation = dice_.one_in(4)};
  }

  std::vector<std::vector<Instruction>> threads(std::size_t count) {
    std::vector<std::vector<Instruction>> all;
    while (all.size() < count) all.push_back(thread());
    for (std::size_t t = 1; flavour_.creation && t < count; ++t) {
      if (t == 1 || dice_.one_in(2)) create(all, t);
    }
    return all;
  }

 private:
  std::vector<Instruction> thread() {
    std::vector<Instruction> code;
    registers_ = 0;
    const int steps = 1 + dice_.roll(4);
    for (int i = 0; i < steps; ++i) {
      if (flavour_.mutexes > 0 && dice_.one_in(3)) {
        const int mutex = first_mutex + dice_.roll(flavour_.mutexes);
        critical_section(code, mutex);
      } else {
        step(code);
      }
    }
    return code;
  }

  /// Lets an earlier thread spawn thread t, anywhere, and perhaps join it later.
  void create(std::vector<std::vector<Instruction>>& all, std::size_t t) {
    auto& code = all[static_cast<std::size_t>(dice_.roll(static_cast<int>(t)))];
    const int at = dice_.roll(static_cast<int>(code.size()) + 1);
    code.insert(code.begin() + at, spawn(static_cast<int>(t)));
    if (dice_.one_in(2)) return;
    const int behind = at + 1 + dice_.roll(static_cast<int>(code.size()) - at);
    code.insert(code.begin() + behind, join(static_cast<int>(t)));
  }

  /// lock; [lock the other mutex;] one access; unlock ...
  void critical_section(std::vector<Instruction>& code, int mutex) {
    const int other = 2 * first_mutex + 1 - mutex;
    const bool nested = flavour_.mutexes == 2 && dice_.one_in(2);
    code.push_back(lock(mutex));
    if (nested) code.push_back(lock(other));
    access(code);
    if (nested) code.push_back(unlock(other));
    code.push_back(unlock(mutex));
  }

  void step(std::vector<Instruction>& code) {
    if (flavour_.fences && dice_.one_in(5)) {
      code.push_back(fence(dice_.pick(fence_orders)));
    } else if (flavour_.awaits && dice_.one_in(4)) {
      wait(code);
    } else if (flavour_.guards && registers_ > 0 && dice_.one_in(2)) {
      code.push_back(skip_if(dice_.roll(registers_), dice_.roll(3), 1));
      access(code);
    } else {
      access(code);
    }
  }

  void wait(std::vector<Instruction>& code) {
    const auto order = dice_.pick(load_orders);
    const int location = dice_.roll(2);
    const int value = dice_.roll(3);
    if (dice_.one_in(3)) {
      code.push_back(await_both(location, value, 1 - location, dice_.roll(3), order));
    } else {
      code.push_back(await(location, value, order));
    }
  }

  /// One instruction, so that a guard can skip it.
  void access(std::vector<Instruction>& code) {
    const int location = dice_.roll(2);
    if (flavour_.plain && dice_.one_in(3)) {
      code.push_back(dice_.one_in(2) ? read(plain_location) : write(plain_location, value()));
    } else if (flavour_.updates && dice_.one_in(3)) {
      code.push_back(update(location));
    } else if (dice_.one_in(2)) {
      code.push_back(load(location, dice_.pick(load_orders)));
    } else {
      code.push_back(store(location, value(), dice_.pick(store_orders)));
    }
    if (sets_register(code.back().kind)) ++registers_;
  }

  Instruction update(int location) {
    switch (dice_.roll(3)) {
      case 0:
        return fetch_add(location, 1, dice_.pick(update_orders));
      case 1:
        return exchange(location, 1 + dice_.roll(2), dice_.pick(update_orders));
      default:
        return cas(location, dice_.roll(2), 2, dice_.pick(update_orders), dice_.pick(load_orders));
    }
  }

  /// Values repeat, so that equal values come from different writes.
  Value value() {
    if (registers_ > 0 && dice_.one_in(4)) return reg(dice_.roll(registers_), dice_.roll(2));
    return constant(1 + dice_.roll(2));
  }

  Dice dice_;
  Flavour flavour_{};
  int registers_ = 0;
};

}  // namespace

Program random_program(std::uint64_t seed) {
  Program program{.name = "random " + std::to_string(seed)};
  for (auto& thread : Generator(seed).threads(seed % 4 == 0 ? 2 : 3)) {
    program.add(std::move(thread));
  }
  return program;
}

}  // namespace heddle::oracle
