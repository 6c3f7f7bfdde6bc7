#include "checker/litmus/program.hpp"

#include "checker/litmus/check.hpp"

namespace heddle::litmus {

Program::Program(const Test& described) : test(described) {
  for (const Thread& thread : test.threads) labels.push_back("P" + std::to_string(thread.number));
  for (const Location& location : test.observed) {
    if (!location.is_register) continue;
    for (std::size_t i = 0; i < test.threads.size(); ++i) {
      if (test.threads[i].number != location.thread) continue;
      saved.push_back({i, find_register(test.threads[i], location.name), location_text(location)});
    }
  }
}

std::string location_text(const Location& location) {
  if (!location.is_register) return "[" + location.name + "]";
  return std::to_string(location.thread) + ":" + location.name;
}

}  // namespace heddle::litmus
