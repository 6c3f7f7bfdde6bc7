// What `heddle` knows about a scenario: the JSON that its program prints for --describe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace heddle::command {

struct ExpectedResult {
  std::map<std::string, std::int64_t> settings;
  std::vector<std::string> models;  // empty: every model
  std::string verdict;
  std::optional<std::uint64_t> complete;  // executions of a whole exploration
};

struct Description {
  std::string name;
  std::string summary;
  std::map<std::string, std::int64_t> initial;  // parameter -> value
  std::vector<ExpectedResult> expectations;
  std::vector<std::string> models;  // weakest last
  std::string json;                 // all of it

  /// What is expected under `model` with these settings; nothing if that is not known.
  std::optional<ExpectedResult> expected(const std::string& model,
                                         const std::map<std::string, std::int64_t>& settings) const;
};

/// Nothing if `text` is no heddle.scenario/2.
std::optional<Description> parse_description(const std::string& text);

}  // namespace heddle::command
