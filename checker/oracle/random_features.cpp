// Programs drawn from a seed that use what is easily got wrong: loops, locks in any hands, waits
// that give up, lives that end, values that were never written, failures for no reason.
#include "checker/oracle/dice.hpp"
#include "checker/oracle/generate.hpp"

namespace heddle::oracle {
namespace {

using namespace ops;

constexpr int plain_location = 2;
constexpr int first_mutex = 3;
constexpr int locations_with_lives = 4;

using Code = std::vector<Instruction>;

class FeatureGenerator {
 public:
  FeatureGenerator(Feature feature, std::uint64_t seed)
      : feature_(feature), dice_(seed * 8 + static_cast<std::uint64_t>(feature)) {}

  Program program() {
    Program program;
    program.spurious = has(Feature::spurious) && feature_ != Feature::all;
    if (has(Feature::lives) && dice_.one_in(2)) {
      program.uninitialised[static_cast<std::size_t>(dice_.roll(plain_location + 1))] = true;
    }
    const int threads = 2 + dice_.roll(2);
    // Brute force takes a moment for this many, and minutes for twice as many.
    const std::size_t longest = threads == 2 ? 6 : 4;
    for (int t = 0; t < threads; ++t) program.add(thread(longest));
    return program;
  }

 private:
  bool has(Feature feature) const { return feature_ == feature || feature_ == Feature::all; }

  Code thread(std::size_t longest) {
    Code code;
    registers_ = 0;
    const std::size_t enough = longest - 2 + static_cast<std::size_t>(dice_.roll(3)) - 1;
    while (code.size() < enough) {
      if (dice_.one_in(2)) {
        access(code);
      } else {
        special(code);
      }
    }
    // What a thread saw may be an error.
    if (registers_ > 0 && dice_.one_in(4)) {
      code.push_back(check(dice_.roll(registers_), dice_.roll(2)));
    }
    return code;
  }

  void special(Code& code) {
    for (;;) {
      const auto feature = has(Feature::all) ? static_cast<Feature>(dice_.roll(5)) : feature_;
      switch (feature) {
        case Feature::loops:
          return loop(code);
        case Feature::locks:
          return locked(code);
        case Feature::timeouts:
          return timeout(code);
        case Feature::lives:
          return life(code);
        default:
          return guarded(code, update(dice_.roll(2)));
      }
    }
  }

  void loop(Code& code) {
    const int location = dice_.roll(2);
    switch (dice_.roll(4)) {
      case 0:
        return code.push_back(spin(location, dice_.roll(3), dice_.pick(load_orders)));
      case 1:
        return code.push_back(await(location, dice_.roll(3), dice_.pick(load_orders)));
      case 2:
        if (dice_.one_in(2)) return set(code, retry_add(location, 1, dice_.pick(update_orders)));
        [[fallthrough]];
      default:
        return code.push_back(cas_until(location, dice_.roll(3), dice_.roll(3),
                                        dice_.pick(update_orders), dice_.pick(load_orders)));
    }
  }

  /// Mostly a section between a lock and an unlock; at times one of the two is missing.
  void locked(Code& code) {
    const int mutex = first_mutex + dice_.roll(2);
    if (dice_.one_in(3)) {
      set(code, try_lock(mutex));
      code.push_back(skip_if(registers_ - 1, 0, 2));
      set(code, plain_access());
      return code.push_back(unlock(mutex));
    }
    const int other = 2 * first_mutex + 1 - mutex;
    const bool nested = dice_.one_in(4);
    if (!dice_.one_in(12)) code.push_back(lock(mutex));
    if (nested) code.push_back(lock(other));
    set(code, plain_access());
    if (nested) code.push_back(unlock(other));
    if (!dice_.one_in(12)) code.push_back(unlock(mutex));
  }

  void timeout(Code& code) {
    switch (dice_.roll(4)) {
      case 0:
        return set(code, choose(2));
      case 1:
        set(code, load(dice_.roll(2), dice_.pick(load_orders)));
        return code.push_back(assume(registers_ - 1, dice_.roll(2)));
      default:
        return set(code, timed_await(dice_.roll(2), dice_.roll(3), dice_.pick(load_orders)));
    }
  }

  void life(Code& code) {
    switch (dice_.roll(4)) {
      case 0:
        return loop(code);
      case 1:
        return locked(code);
      default:
        return guarded(code, destroy(dice_.roll(locations_with_lives)));
    }
  }

  /// So that what happens depends on what the thread saw.
  void guarded(Code& code, const Instruction& in) {
    if (registers_ > 0 && dice_.one_in(2)) {
      code.push_back(skip_if(dice_.roll(registers_), dice_.roll(2), 1));
    }
    set(code, in);
  }

  void access(Code& code) {
    const int location = dice_.roll(2);
    switch (dice_.roll(6)) {
      case 0:
        return guarded(code, update(location));
      case 1:
      case 2:
        return guarded(code, load(location, dice_.pick(load_orders)));
      case 3:
        if (!has(Feature::spurious)) return guarded(code, plain_access());
        [[fallthrough]];
      default:
        return guarded(code, store(location, dice_.roll(3), dice_.pick(store_orders)));
    }
  }

  Instruction plain_access() {
    return dice_.one_in(2) ? read(plain_location)
                           : write(plain_location, constant(1 + dice_.roll(2)));
  }

  Instruction update(int location) {
    switch (dice_.roll(4)) {
      case 0:
        return fetch_add(location, 1, dice_.pick(update_orders));
      case 1:
        return exchange(location, 1 + dice_.roll(2), dice_.pick(update_orders));
      default:
        return cas(location, dice_.roll(2), 1 + dice_.roll(2), dice_.pick(update_orders),
                   dice_.pick(load_orders));
    }
  }

  void set(Code& code, const Instruction& in) {
    code.push_back(in);
    if (sets_register(in.kind)) ++registers_;
  }

  Feature feature_;
  Dice dice_;
  int registers_ = 0;
};

}  // namespace

Program random_program(Feature feature, std::uint64_t seed) {
  Program program = FeatureGenerator(feature, seed).program();
  program.name = "random " + std::to_string(seed);
  return program;
}

}  // namespace heddle::oracle
