#include "tools/command/litmus_expect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "tools/cli/error.hpp"

namespace heddle::command {
namespace {

std::vector<std::string_view> split(std::string_view text, std::string_view separators,
                                    bool keep_empty) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0 || keep_empty) parts.push_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_observation(std::string_view word) {
  constexpr std::array<std::string_view, 4> known = {"Never", "Sometimes", "Always", "Undef"};
  return std::find(known.begin(), known.end(), word) != known.end();
}

std::optional<std::uint64_t> to_number(std::string_view word) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> words_of(std::string_view line) {
  return split(line, " \t\r", false);
}

}  // namespace

std::string expectation_text(const ExpectedOutcome& outcome) {
  std::string text = outcome.observation;
  if (outcome.states) text += fmt::format(", {} states", *outcome.states);
  if (outcome.executions) text += fmt::format(", {} executions", *outcome.executions);
  return text;
}

Expectations::Expectations(std::string_view text, const std::string& path, const std::string& model)
    : path_(path) {
  const std::vector<std::string_view> lines = split(text, "\n", true);
  const auto first = std::find_if(lines.begin(), lines.end(),
                                  [](std::string_view line) { return !words_of(line).empty(); });
  if (first == lines.end()) refuse(1, "the list is empty");
  if (first->starts_with("file,")) {
    read_csv(lines, model);
  } else if (first->starts_with("Test ")) {
    read_log(lines);
  } else {
    read_rows(lines);
  }
}

void Expectations::refuse(std::size_t line, const std::string& sentence) const {
  throw cli::UsageError(fmt::format("{}:{}: {}", path_, line, sentence));
}

void Expectations::add(std::string_view key, ExpectedOutcome outcome, std::size_t line) {
  if (!outcomes_.emplace(key, std::move(outcome)).second) {
    refuse(line, fmt::format("'{}' is listed twice", key));
  }
}

void Expectations::read_rows(const std::vector<std::string_view>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::vector<std::string_view> words = words_of(lines[i]);
    if (words.empty() || words[0].starts_with("#")) continue;
    if (words.size() < 2 || words.size() > 4 || !is_observation(words[1])) {
      refuse(i + 1, "expected NAME Never|Sometimes|Always|Undef [STATES [EXECUTIONS]]");
    }
    ExpectedOutcome outcome{.observation = std::string(words[1])};
    if (words.size() > 2) outcome.states = to_number(words[2]);
    if (words.size() > 3) outcome.executions = to_number(words[3]);
    if ((words.size() > 2 && !outcome.states) || (words.size() > 3 && !outcome.executions)) {
      refuse(i + 1, "numbers of states and executions must be whole numbers");
    }
    add(words[0], std::move(outcome), i + 1);
  }
}

void Expectations::read_csv(const std::vector<std::string_view>& lines, const std::string& model) {
  constexpr std::string_view header = "file,model,observation,states,executions";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (i == 0) {
      if (line != header) refuse(1, fmt::format("expected the header '{}'", header));
      continue;
    }
    const std::vector<std::string_view> fields = split(line, ",", true);
    if (fields.size() != 5 || !is_observation(fields[2])) {
      refuse(i + 1, fmt::format("expected a row of '{}'", header));
    }
    if (fields[1] != model) continue;
    ExpectedOutcome outcome{.observation = std::string(fields[2]),
                            .states = to_number(fields[3]),
                            .executions = to_number(fields[4])};
    if ((!outcome.states && !fields[3].empty()) || (!outcome.executions && !fields[4].empty())) {
      refuse(i + 1, "numbers of states and executions must be whole numbers");
    }
    add(fields[0], std::move(outcome), i + 1);
  }
  if (outcomes_.empty()) refuse(1, fmt::format("the list has no row about model {}", model));
}

/// What herd7 or heddle printed before.
void Expectations::read_log(const std::vector<std::string_view>& lines) {
  std::optional<std::uint64_t> states;
  bool undefined = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::vector<std::string_view> words = words_of(lines[i]);
    if (words.empty()) continue;
    if (words[0] == "Test") {
      states.reset();
      undefined = false;
    } else if (words[0] == "States" && words.size() == 2) {
      states = to_number(words[1]);
    } else if (words[0] == "Undef" && words.size() == 1) {
      undefined = true;
    } else if (words[0] == "Observation") {
      const auto positive = words.size() > 3 ? to_number(words[3]) : std::nullopt;
      const auto negative = words.size() > 4 ? to_number(words[4]) : std::nullopt;
      if (words.size() < 3 || !is_observation(words[2])) {
        refuse(i + 1, "expected Observation NAME Never|Sometimes|Always POSITIVE NEGATIVE");
      }
      ExpectedOutcome outcome{.observation = "Undef"};
      if (!undefined) {
        outcome.observation = words[2];
        outcome.states = states;
        if (positive && negative) outcome.executions = *positive + *negative;
      }
      add(words[1], std::move(outcome), i + 1);
    }
  }
}

const ExpectedOutcome* Expectations::find(const std::string& file, const std::string& name) {
  auto found = outcomes_.find(name);
  // A list may name a file by as much of the end of its path as it likes.
  for (std::string_view rest = file; found == outcomes_.end();) {
    found = outcomes_.find(rest);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  if (found == outcomes_.end()) return nullptr;
  found->second.found = true;
  return &found->second;
}

std::vector<std::string> Expectations::not_found() const {
  std::vector<std::string> keys;
  for (const auto& [key, outcome] : outcomes_) {
    if (!outcome.found) keys.push_back(key);
  }
  return keys;
}

}  // namespace heddle::command
