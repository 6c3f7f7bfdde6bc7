#include "checker/memory/masked.hpp"

namespace heddle::memory {

bool add_masked(const Access& whole, std::uint32_t element, std::uint64_t mask,
                Instruction& instruction) {
  const std::uint32_t count = whole.size / element;
  for (std::uint32_t at = 0; at < count;) {
    const std::uint32_t begin = at;
    while (at < count && ((mask >> at) & 1) != 0) ++at;
    if (begin == at) {
      ++at;
      continue;
    }
    if (instruction.access_count == instruction.access_list.size()) return false;
    Access run = whole;
    run.address += begin * element;
    run.size = (at - begin) * element;
    instruction.access_list[instruction.access_count++] = run;
  }
  return true;
}

}  // namespace heddle::memory
