// Lists of what litmus tests are expected to give.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::command {

/// What is known of one test.
struct ExpectedOutcome {
  std::string observation;  // "Never", "Sometimes", "Always" or "Undef" (a race)
  std::optional<std::uint64_t> states;
  std::optional<std::uint64_t> executions;
  bool found = false;  // a test of that name was run
};

/// "Never, 3 states, 4 executions", as far as it is known.
std::string expectation_text(const ExpectedOutcome& outcome);

/// A verdict list. docs/LITMUS.md describes the three forms that it may have.
class Expectations {
 public:
  /// `text` is the content of `path`, which stands in messages. Rows of a CSV file about other
  /// models than `model` are skipped. Throws UsageError, with path and line, if it is no list, or
  /// names a test twice.
  Expectations(std::string_view text, const std::string& path, const std::string& model);

  /// What is expected of the test called `name` in `file`, or null. Marks it as found.
  const ExpectedOutcome* find(const std::string& file, const std::string& name);

  /// The tests that nobody asked for, as the list names them.
  std::vector<std::string> not_found() const;

 private:
  void read_csv(const std::vector<std::string_view>& lines, const std::string& model);
  void read_log(const std::vector<std::string_view>& lines);
  void read_rows(const std::vector<std::string_view>& lines);
  void add(std::string_view key, ExpectedOutcome outcome, std::size_t line);
  [[noreturn]] void refuse(std::size_t line, const std::string& sentence) const;

  std::string path_;
  std::map<std::string, ExpectedOutcome, std::less<>> outcomes_;
};

}  // namespace heddle::command
