#include "checker/litmus/check.hpp"

#include <algorithm>
#include <set>

#include "checker/litmus/token_reader.hpp"

namespace heddle::litmus {
namespace {

void check_thread_numbers(const Test& test) {
  std::set<std::uint32_t> numbers;
  for (const Thread& thread : test.threads) {
    if (numbers.insert(thread.number).second) continue;
    throw Error(thread.at, "there are two threads P" + std::to_string(thread.number));
  }
}

/// Adds the object unless it is there; returns it.
Object& add_object(Test& test, const std::string& name, Position at) {
  const std::uint32_t known = find_object(test, name);
  if (known != unresolved) return test.objects[known];
  if (test.objects.size() == most_objects) throw Error(at, "more than 64 objects");
  return test.objects.emplace_back(Object{.name = name, .at = at});
}

void collect_objects(Test& test) {
  std::set<std::string> initialised;
  for (const Initial& initial : test.initial) {
    if (initial.location.is_register) continue;
    const Location& location = initial.location;
    if (!initialised.insert(location.name).second) {
      throw Error(location.at, "object " + quoted(location.name) + " has two initial values");
    }
    Object& object = add_object(test, location.name, location.at);
    object.initial = initial.value;
    object.atomic = initial.atomic;
  }
  for (const Thread& thread : test.threads) {
    std::set<std::string> names;
    for (const Parameter& parameter : thread.parameters) {
      if (!names.insert(parameter.name).second) {
        throw Error(parameter.at, "two parameters are called " + quoted(parameter.name));
      }
      add_object(test, parameter.name, parameter.at);
    }
  }
  std::sort(test.objects.begin(), test.objects.end(),
            [](const Object& a, const Object& b) { return a.name < b.name; });
}

void collect_initial_registers(Test& test) {
  for (const Initial& initial : test.initial) {
    const Location& location = initial.location;
    if (!location.is_register) continue;
    Thread* const thread = find_thread(test, location.thread);
    if (thread == nullptr) {
      throw Error(location.at, "there is no thread P" + std::to_string(location.thread));
    }
    for (const Parameter& parameter : thread->parameters) {
      if (parameter.name == location.name) {
        throw Error(location.at, quoted(location.name) + " is a parameter, not a register");
      }
    }
    if (find_register(*thread, location.name) != unresolved) {
      throw Error(location.at, "register " + quoted(location.name) + " has two initial values");
    }
    if (thread->registers.size() == most_registers) {
      throw Error(location.at, "more than 64 registers in one thread");
    }
    thread->registers.push_back(location.name);
    thread->initial.push_back(initial.value);
  }
}

}  // namespace

std::uint32_t find_register(const Thread& thread, const std::string& name) {
  const auto found = std::find(thread.registers.begin(), thread.registers.end(), name);
  return found == thread.registers.end()
             ? unresolved
             : static_cast<std::uint32_t>(found - thread.registers.begin());
}

std::uint32_t find_object(const Test& test, const std::string& name) {
  const auto found = std::find_if(test.objects.begin(), test.objects.end(),
                                  [&](const Object& object) { return object.name == name; });
  return found == test.objects.end() ? unresolved
                                     : static_cast<std::uint32_t>(found - test.objects.begin());
}

Thread* find_thread(Test& test, std::uint32_t number) {
  for (Thread& thread : test.threads) {
    if (thread.number == number) return &thread;
  }
  return nullptr;
}

void check(Test& test) {
  check_thread_numbers(test);
  collect_objects(test);
  collect_initial_registers(test);
  for (Thread& thread : test.threads) check_code(test, thread);
  check_accesses(test);
  check_condition(test);
}

}  // namespace heddle::litmus
