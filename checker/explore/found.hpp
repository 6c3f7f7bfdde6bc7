// A violation as found, before it becomes part of a trace.
#pragma once

#include <string>
#include <vector>

#include "checker/api/op.hpp"
#include "checker/graph/graph.hpp"
#include "checker/property/violation.hpp"

namespace heddle::explore {

struct Found {
  ViolationKind kind{};
  std::string message;
  graph::EventId at = graph::no_event;  // no_event: at the end of the execution
  graph::EventId other = graph::no_event;
  std::vector<graph::Tick> part = {};  // if set: the part of the execution that it shows in
  api::Site site = {};                 // where, if not at an event
};

}  // namespace heddle::explore
