// What herd7 says about the litmus tests in tests/litmus.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace heddle::agreement {

struct HerdAnswer {
  std::string observation;       // "Never", "Sometimes" or "Always"
  std::uint64_t executions = 0;  // consistent ones: positive and negative witnesses
  std::size_t states = 0;        // number of final states
  std::optional<std::vector<std::string>> texts;  // the states in herd7's words, in any order
};

/// (file, model) -> answer.
using HerdAnswers = std::map<std::pair<std::string, std::string>, HerdAnswer>;

/// Reads tests/litmus/random/expected.json. Throws std::runtime_error if it can't be read.
HerdAnswers read_json_answers(const std::string& path);

/// Reads tests/litmus/cycles/expected.csv, which has no texts of states. Throws std::runtime_error
/// if it can't be read.
HerdAnswers read_csv_answers(const std::string& path);

}  // namespace heddle::agreement
