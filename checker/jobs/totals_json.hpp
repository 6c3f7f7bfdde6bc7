// Sums as JSON, for messages and checkpoints.
#pragma once

#include <nlohmann/json.hpp>

#include "checker/jobs/totals.hpp"

namespace heddle::jobs {

inline void to_json(nlohmann::json& value, const Totals& totals) {
  const explore::Branches& branches = totals.branches;
  value = {
      {"endings", totals.endings},
      {"branches",
       {branches.opened, branches.executions, branches.refused, branches.conflicts, branches.lost}},
      {"events", totals.events},
      {"bounds", totals.bounds}};
}

/// Throws nlohmann::json::exception if the value is something else.
inline void from_json(const nlohmann::json& value, Totals& totals) {
  const nlohmann::json& branches = value.at("branches");
  totals.endings = value.at("endings");
  totals.branches = {branches.at(0), branches.at(1), branches.at(2), branches.at(3),
                     branches.at(4)};
  totals.events = value.at("events");
  totals.bounds = value.at("bounds");
}

}  // namespace heddle::jobs
