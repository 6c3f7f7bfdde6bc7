#include "checker/oracle/program.hpp"

#include <algorithm>
#include <stdexcept>

namespace heddle::oracle {
namespace {

LocationType used_as(Kind kind) {
  switch (kind) {
    case Kind::read:
    case Kind::write:
      return LocationType::plain;
    case Kind::lock:
    case Kind::try_lock:
    case Kind::unlock:
      return LocationType::mutex;
    case Kind::fence:
    case Kind::skip_if:
    case Kind::choose:
    case Kind::check:
    case Kind::assume:
    case Kind::destroy:  // of a location of any type
    case Kind::spawn:
    case Kind::join:
      return LocationType::unused;
    default:
      return LocationType::atomic;
  }
}

const char* name_of(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return "rlx";
    case std::memory_order_acquire:
    case std::memory_order_consume:
      return "acq";
    case std::memory_order_release:
      return "rel";
    case std::memory_order_acq_rel:
      return "acq_rel";
    case std::memory_order_seq_cst:
      return "sc";
  }
  return "?";
}

std::string location_name(int location) {
  return location < 3 ? std::string(1, static_cast<char>('x' + location))
                      : "l" + std::to_string(location);
}

std::string to_string(Value value) {
  if (value.reg < 0) return std::to_string(value.constant);
  const std::string name = "r" + std::to_string(value.reg);
  return value.constant == 0 ? name : name + "+" + std::to_string(value.constant);
}

/// Of kinds that end lives, fail, choose or repeat.
std::string later_to_string(const Instruction& in) {
  const std::string into = "r" + std::to_string(in.into) + " = ";
  const std::string at = location_name(in.location);
  const std::string order = name_of(in.order);
  const std::string value = to_string(in.value);
  const std::string expected = std::to_string(in.expected);
  switch (in.kind) {
    case Kind::spin:
      return "while (" + at + " != " + expected + ") " + order;
    case Kind::cas_until:
      return "while (!cas(" + at + ", " + expected + " -> " + value + ")) " + order + "/" +
             name_of(in.failure);
    case Kind::retry_add:
      return into + "cas loop: " + at + " += " + value + " " + order;
    case Kind::try_lock:
      return into + "try_lock " + at;
    case Kind::timed_await:
      return into + "await or time-out " + at + " == " + expected + " " + order;
    case Kind::choose:
      return into + "choose " + std::to_string(in.count);
    case Kind::check:
      return "check " + value + " == " + expected;
    case Kind::assume:
      return "assume " + value + " == " + expected;
    case Kind::destroy:
      return "destroy " + at;
    default:
      return "?";
  }
}

std::string to_string(const Instruction& in) {
  const std::string into = "r" + std::to_string(in.into) + " = ";
  const std::string at = location_name(in.location);
  const std::string order = name_of(in.order);
  const std::string value = to_string(in.value);
  const std::string expected = std::to_string(in.expected);
  switch (in.kind) {
    case Kind::load:
      return into + at + " " + order;
    case Kind::store:
      return at + " = " + value + " " + order;
    case Kind::fetch_add:
      return into + "fetch_add(" + at + ", " + value + ") " + order;
    case Kind::exchange:
      return into + "exchange(" + at + ", " + value + ") " + order;
    case Kind::cas:
      return into + "cas(" + at + ", " + expected + " -> " + value + ") " + order + "/" +
             name_of(in.failure);
    case Kind::fence:
      return "fence " + order;
    case Kind::read:
      return into + "plain " + at;
    case Kind::write:
      return "plain " + at + " = " + value;
    case Kind::lock:
      return "lock " + at;
    case Kind::unlock:
      return "unlock " + at;
    case Kind::await:
      return "await " + at + " == " + expected + " " + order;
    case Kind::await_both:
      return "await " + at + " == " + expected + " && " + location_name(in.location2) +
             " == " + std::to_string(in.expected2) + " " + order;
    case Kind::skip_if:
      return "if r" + std::to_string(in.value.reg) + " == " + expected + " skip " +
             std::to_string(in.count);
    case Kind::spawn:
      return "spawn T" + std::to_string(in.thread + 1);
    case Kind::join:
      return "join T" + std::to_string(in.thread + 1);
    default:
      return later_to_string(in);
  }
}

/// Throws if the code, of a thread that is to be the program's last, spawns or joins what it can't.
void check_creation(const Program& program, const std::vector<Instruction>& code) {
  std::array<bool, max_threads> spawned{};
  for (const Instruction& in : code) {
    if (in.kind != Kind::spawn && in.kind != Kind::join) continue;
    const bool exists =
        in.thread > static_cast<int>(program.threads.size()) && in.thread < max_threads;
    const auto other = static_cast<std::size_t>(in.thread);
    const bool twice =
        exists && in.kind == Kind::spawn && (spawned[other] || program.is_spawned(other));
    if (!exists || twice || (in.kind == Kind::join && !spawned[other])) {
      throw std::invalid_argument(program.name + ": a thread can't be spawned or joined there");
    }
    spawned[other] = true;
  }
}

}  // namespace

bool sets_register(Kind kind) {
  return kind == Kind::load || kind == Kind::fetch_add || kind == Kind::exchange ||
         kind == Kind::cas || kind == Kind::read || kind == Kind::retry_add ||
         kind == Kind::try_lock || kind == Kind::timed_await || kind == Kind::choose;
}

Program& Program::add(std::vector<Instruction> thread) {
  int registers = 0;
  for (Instruction& in : thread) {
    if (std::max(in.location, in.location2) >= max_locations || in.value.reg >= registers) {
      throw std::invalid_argument(name + ": unknown location or register");
    }
    if (sets_register(in.kind)) in.into = registers++;
  }
  if (registers > max_registers || threads.size() == max_threads) {
    throw std::invalid_argument(name + ": too many registers or threads");
  }
  check_creation(*this, thread);
  threads.push_back(std::move(thread));
  return *this;
}

bool Program::is_spawned(std::size_t thread) const {
  for (const auto& code : threads) {
    for (const Instruction& in : code) {
      if (in.kind == Kind::spawn && in.thread == static_cast<int>(thread)) return true;
    }
  }
  return false;
}

bool Program::has(Kind kind) const {
  return std::any_of(threads.begin(), threads.end(), [kind](const auto& code) {
    return std::any_of(code.begin(), code.end(),
                       [kind](const Instruction& in) { return in.kind == kind; });
  });
}

bool Program::destroys(int location) const {
  return std::any_of(threads.begin(), threads.end(), [location](const auto& code) {
    return std::any_of(code.begin(), code.end(), [location](const Instruction& in) {
      return in.kind == Kind::destroy && in.location == location;
    });
  });
}

LocationType type_of(const Program& program, int location) {
  LocationType type = LocationType::unused;
  for (const auto& thread : program.threads) {
    for (const Instruction& in : thread) {
      if (in.location != location && in.location2 != location) continue;
      const LocationType use = used_as(in.kind);
      if (use == LocationType::unused) continue;
      if (type != LocationType::unused && type != use) {
        throw std::invalid_argument(program.name + ": a location is used in two ways");
      }
      type = use;
    }
  }
  return type;
}

bool is_shown_at_end(const Program& program, int location) {
  return !program.destroys(location) && !program.uninitialised[static_cast<std::size_t>(location)];
}

int locations_of(const Program& program) {
  int largest = -1;
  for (const auto& thread : program.threads) {
    for (const Instruction& in : thread) largest = std::max({largest, in.location, in.location2});
  }
  return largest + 1;
}

std::string to_string(const Program& program) {
  std::string text = program.name + (program.spurious ? ", failures for no reason\n" : "\n");
  for (std::size_t l = 0; l < program.uninitialised.size(); ++l) {
    if (program.uninitialised[l]) {
      text += "  " + location_name(static_cast<int>(l)) + " has no initial value\n";
    }
  }
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    text += "  T" + std::to_string(t + 1) + ": ";
    for (const Instruction& in : program.threads[t]) text += to_string(in) + "; ";
    text += "\n";
  }
  return text;
}

std::string to_string(const FinalState& state) {
  std::string text;
  for (std::size_t row = 0; row < state.size(); ++row) {
    for (int index = 0; index < 8; ++index) {
      const int value = unpack(state[row], index);
      if (value == 0) continue;
      const std::string name = row == max_threads
                                   ? location_name(index)
                                   : "T" + std::to_string(row + 1) + ":r" + std::to_string(index);
      text += name + "=" + std::to_string(value) + " ";
    }
  }
  return text + "\n";
}

std::uint64_t pack(std::uint64_t packed, int index, int value) {
  if (value < -128 || value > 127) throw std::out_of_range("a value needs more than a byte");
  const int shift = 8 * index;
  const std::uint64_t byte = static_cast<std::uint8_t>(value);
  return (packed & ~(std::uint64_t{0xff} << shift)) | (byte << shift);
}

namespace ops {

Instruction load(int location, std::memory_order order) {
  return {.kind = Kind::load, .location = location, .order = order};
}
Instruction store(int location, Value value, std::memory_order order) {
  return {.kind = Kind::store, .location = location, .order = order, .value = value};
}
Instruction store(int location, int value, std::memory_order order) {
  return store(location, constant(value), order);
}
Instruction fetch_add(int location, int amount, std::memory_order order) {
  return {.kind = Kind::fetch_add, .location = location, .order = order, .value = constant(amount)};
}
Instruction exchange(int location, int value, std::memory_order order) {
  return {.kind = Kind::exchange, .location = location, .order = order, .value = constant(value)};
}
Instruction cas(int location, int expected, int desired, std::memory_order success,
                std::memory_order failure) {
  return {.kind = Kind::cas,
          .location = location,
          .order = success,
          .failure = failure,
          .value = constant(desired),
          .expected = expected};
}
Instruction fence(std::memory_order order) { return {.kind = Kind::fence, .order = order}; }
Instruction read(int location) { return {.kind = Kind::read, .location = location}; }
Instruction write(int location, Value value) {
  return {.kind = Kind::write, .location = location, .value = value};
}
Instruction lock(int location) {
  return {.kind = Kind::lock, .location = location, .order = std::memory_order_acquire};
}
Instruction unlock(int location) {
  return {.kind = Kind::unlock, .location = location, .order = std::memory_order_release};
}
Instruction await(int location, int expected, std::memory_order order) {
  return {.kind = Kind::await, .location = location, .order = order, .expected = expected};
}
Instruction await_both(int location, int expected, int location2, int expected2,
                       std::memory_order order) {
  return {.kind = Kind::await_both,
          .location = location,
          .order = order,
          .expected = expected,
          .location2 = location2,
          .expected2 = expected2};
}
Instruction skip_if(int reg, int expected, int count) {
  return {.kind = Kind::skip_if, .value = {.reg = reg}, .expected = expected, .count = count};
}
Instruction spawn(int thread) { return {.kind = Kind::spawn, .thread = thread}; }
Instruction join(int thread) { return {.kind = Kind::join, .thread = thread}; }
Instruction spin(int location, int expected, std::memory_order order) {
  return {.kind = Kind::spin, .location = location, .order = order, .expected = expected};
}
Instruction cas_until(int location, int expected, int desired, std::memory_order success,
                      std::memory_order failure) {
  Instruction in = cas(location, expected, desired, success, failure);
  in.kind = Kind::cas_until;
  return in;
}
Instruction retry_add(int location, int amount, std::memory_order order) {
  Instruction in = fetch_add(location, amount, order);
  in.kind = Kind::retry_add;
  return in;
}
Instruction try_lock(int location) {
  Instruction in = lock(location);
  in.kind = Kind::try_lock;
  return in;
}
Instruction timed_await(int location, int expected, std::memory_order order) {
  Instruction in = await(location, expected, order);
  in.kind = Kind::timed_await;
  return in;
}
Instruction choose(int count) { return {.kind = Kind::choose, .count = count}; }
Instruction check(int reg, int expected) {
  return {.kind = Kind::check, .value = {.reg = reg}, .expected = expected};
}
Instruction assume(int reg, int expected) {
  return {.kind = Kind::assume, .value = {.reg = reg}, .expected = expected};
}
Instruction destroy(int location) { return {.kind = Kind::destroy, .location = location}; }

}  // namespace ops
}  // namespace heddle::oracle
