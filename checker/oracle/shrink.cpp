#include "checker/oracle/shrink.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace heddle::oracle {
namespace {

using Threads = std::vector<std::vector<Instruction>>;

/// Takes a thread away, and the spawns and joins of it.
void drop_thread(Threads& threads, std::size_t dropped) {
  threads.erase(threads.begin() + static_cast<std::ptrdiff_t>(dropped));
  const auto number = static_cast<int>(dropped);
  for (auto& code : threads) {
    code.erase(std::remove_if(code.begin(), code.end(),
                              [&](const Instruction& in) { return in.thread == number; }),
               code.end());
    for (Instruction& in : code) in.thread -= in.thread > number ? 1 : 0;
  }
}

/// The program with other threads, or nothing if they make no program.
std::optional<Program> with_threads(const Program& program, Threads threads) {
  for (std::size_t t = threads.size(); t-- > 0;) {
    if (threads[t].empty()) drop_thread(threads, t);
  }
  Program smaller = program;
  smaller.threads.clear();
  try {
    for (const auto& thread : threads) {
      smaller.add(thread);
    }
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
  return smaller;
}

/// Everything that is one step smaller than `program`.
std::vector<Program> one_smaller(const Program& program) {
  std::vector<Program> all;
  const auto offer = [&](const Threads& threads) {
    if (auto smaller = with_threads(program, threads)) all.push_back(*std::move(smaller));
  };
  const auto at = [](std::size_t i) { return static_cast<std::ptrdiff_t>(i); };
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    Threads threads = program.threads;
    drop_thread(threads, t);
    offer(threads);
  }
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    const auto& code = program.threads[t];
    for (std::size_t i = 0; i < code.size(); ++i) {
      Threads threads = program.threads;
      threads[t].erase(threads[t].begin() + at(i));
      offer(threads);
      // A lock and an unlock, or a spawn and a join, only go together.
      const bool opens = code[i].kind == Kind::lock || code[i].kind == Kind::spawn;
      for (std::size_t j = i; opens && j < threads[t].size(); ++j) {
        Threads without_pair = threads;
        without_pair[t].erase(without_pair[t].begin() + at(j));
        offer(without_pair);
      }
      const bool mutex = code[i].kind == Kind::lock || code[i].kind == Kind::unlock ||
                         code[i].kind == Kind::try_lock;
      const bool weakest = code[i].order == std::memory_order_relaxed &&
                           code[i].failure == std::memory_order_relaxed;
      if (mutex || weakest || code[i].kind == Kind::fence) continue;
      threads = program.threads;
      threads[t][i].order = std::memory_order_relaxed;
      threads[t][i].failure = std::memory_order_relaxed;
      offer(threads);
    }
  }
  return all;
}

}  // namespace

Program shrink(const Program& program, const std::function<bool(const Program&)>& fails) {
  for (const Program& smaller : one_smaller(program)) {
    if (fails(smaller)) return shrink(smaller, fails);
  }
  return program;
}

}  // namespace heddle::oracle
