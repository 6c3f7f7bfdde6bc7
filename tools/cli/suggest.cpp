#include "tools/cli/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace heddle::cli {
namespace {

// How many letters must be inserted, removed, changed or swapped with their neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> now(b.size() + 1);
  std::iota(last.begin(), last.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({changed, last[j] + 1, now[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(now);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view name, const std::vector<std::string>& candidates) {
  if (name.size() > 100) return "";  // not worth the time: nothing that we call anything is so long
  std::string best;
  // Up to a third of the letters may be wrong.
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t letters = distance(name, candidate);
    if (letters < least) {
      least = letters;
      best = candidate;
    }
  }
  if (!best.empty() || name.size() < 3) return best;
  for (const std::string& candidate : candidates) {
    if (candidate.compare(0, name.size(), name) == 0) return candidate;
  }
  return "";
}

std::string unknown_name(std::string_view kind, std::string_view name,
                         const std::vector<std::string>& candidates) {
  const std::string best = nearest(name, candidates);
  const std::string hint = best.empty() ? "." : fmt::format("; did you mean '{}'?", best);
  if (candidates.empty()) return fmt::format("unknown {} '{}'. There are none", kind, name);
  return fmt::format("unknown {} '{}'{} There are: {}", kind, name, hint,
                     fmt::join(candidates, ", "));
}

}  // namespace heddle::cli
