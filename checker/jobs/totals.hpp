// What a part of a search has counted.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>

#include "checker/explore/explorer.hpp"

namespace heddle::jobs {

/// Totals of parts of one search add up to those of the whole.
struct Totals {
  explore::EndingCounts endings = {};
  explore::Branches branches = {.opened = 0};
  std::uint64_t events = 0;
  std::set<std::string> bounds = {};  // what was left out, each as a clause

  void add(const Totals& part) {
    for (std::size_t i = 0; i < endings.size(); ++i) endings[i] += part.endings[i];
    branches.add(part.branches);
    events += part.events;
    bounds.insert(part.bounds.begin(), part.bounds.end());
  }
};

}  // namespace heddle::jobs
