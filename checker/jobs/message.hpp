// What workers and their manager tell each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "checker/jobs/searcher.hpp"

namespace heddle::jobs {

/// From the manager: work on this part.
struct Order {
  std::uint64_t part = 0;
  Position position;
};

/// From a worker.
struct Report {
  enum class Kind : std::uint8_t {
    progress,  // a slice was done; the part goes on if anything is left
    finding,   // there is a violation in the slice, and the search ends with the first
    one,       // only one process can do the search
    look,      // the manager is to do the slice itself: something became known in it that all must
               // know, or it ended by an exception
  };
  std::uint64_t part = 0;
  Kind kind = Kind::progress;
  Slice slice = {};
};

// As JSON. Whoever reads knows the sender: messages never leave the machine, nor outlive the run.
// Of a text that is none the functions below throw what nlohmann::json or Position::from() throw.
std::string text_of(const Order& order);
std::string text_of(const Report& report);
Order order_from(const std::string& text);
Report report_from(const std::string& text);

}  // namespace heddle::jobs
