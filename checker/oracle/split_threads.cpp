// Programs in which one thread creates another.
#include <algorithm>

#include "checker/oracle/generate.hpp"

namespace heddle::oracle {
namespace {

using namespace ops;

bool relaxed_or_seq_cst(const Program& program) {
  for (const auto& code : program.threads) {
    const bool all = std::all_of(code.begin(), code.end(), [](const Instruction& in) {
      return (in.order == rlx || in.order == sc) && (in.failure == rlx || in.failure == sc);
    });
    if (!all) return false;
  }
  return true;
}

/// The program whose thread t does its first access itself and leaves its second to a thread that
/// it creates, or leaves its first to a thread that it joins before its second.
Program split(const Program& program, std::size_t t, bool join_it) {
  const auto& code = program.threads[t];
  Program result;
  if (join_it) {
    result.add({spawn(1), join(1), code[1]}).add({code[0]});
  } else {
    result.add({code[0], spawn(1)}).add({code[1]});
  }
  return result.add(program.threads[1 - t]);
}

}  // namespace

std::uint64_t for_each_split_thread(const std::function<void(const Program&)>& use) {
  std::uint64_t count = 0;
  for_each_program(Family::two_by_two, [&](const Program& program) {
    if (!relaxed_or_seq_cst(program)) return;
    for (const std::size_t t : {0, 1}) {
      for (const bool join_it : {false, true}) {
        if (program.threads[t].size() < 2) continue;
        Program result = split(program, t, join_it);
        const bool alike = t == 1 && program.threads[0].size() == 2 &&
                           to_string(result) == to_string(split(program, 0, join_it));
        if (alike) continue;
        result.name = "split-" + std::to_string(count++);
        use(result);
      }
    }
  });
  return count;
}

}  // namespace heddle::oracle
