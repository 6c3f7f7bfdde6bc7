// A search as a file keeps it.
#pragma once

#include <list>
#include <map>
#include <string>
#include <vector>

#include "checker/jobs/ledger.hpp"
#include "checker/memory/areas.hpp"
#include "checker/runtime/program.hpp"

namespace heddle::jobs {

/// All that a search needs to go on in another process: what is searched, what is known of its
/// memory and threads, and what is left.
struct Checkpoint {
  /// What the search is of: "model", "scenario" and so on. Only the same search can go on with it.
  std::map<std::string, std::string> of;
  double seconds = 0;  // that it took so far
  std::vector<memory::AreaRecord> areas;
  struct ThreadNumber {
    std::uint32_t parent = 0;
    std::uint32_t nth = 0;  // of those that the parent spawns, from 0
    std::uint32_t number = 0;
  };
  std::vector<ThreadNumber> threads;
  std::list<Part> parts;
};

/// As JSON.
std::string text_of(const Checkpoint& checkpoint);

/// Throws std::runtime_error, which says why, if the text is no checkpoint: truncated, changed, or
/// of another version of the format.
Checkpoint checkpoint_from(const std::string& text);

}  // namespace heddle::jobs
