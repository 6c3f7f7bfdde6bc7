// The relations between the steps of a trace, as people draw them: without edges that follow from
// others.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/trace/trace.hpp"

namespace heddle::exports {

/// Numbers of steps, from 1.
struct Edge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;

  bool operator==(const Edge&) const = default;
};

struct Relations {
  std::vector<Edge> reads_from;    // write -> read
  std::vector<Edge> coherence;     // write -> the next one to the object; not of mutexes
  std::vector<Edge> from_read;     // read -> the write that follows what it read; not of mutexes
  std::vector<Edge> synchronises;  // what happens-before a step without its thread's previous one
};

Relations relations(const trace::Trace& trace);

}  // namespace heddle::exports
