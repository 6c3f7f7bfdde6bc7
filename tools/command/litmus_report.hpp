// Prints the results of litmus tests as they come, and sums them up.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

#include "tools/command/litmus_expect.hpp"

namespace heddle::command {

/// How to tell results.
struct LitmusReport {
  std::string model;
  bool json = false;
  bool quiet = false;                    // only errors and the summary
  bool whole = false;                    // every listed test should be there
  Expectations* expectations = nullptr;  // null if nothing is expected
};

/// Takes the records of run_litmus_file() in the order of the files.
class LitmusReporter {
 public:
  explicit LitmusReporter(LitmusReport report) : report_(std::move(report)) {}

  /// Prints the result of one test on standard output, and what is wrong with it on standard error.
  void add(const nlohmann::ordered_json& record);

  /// Prints the summary of `files` tests, of which the last ones are missing after an interrupt.
  /// Returns the exit status.
  int finish(std::size_t files);

 private:
  bool compare(const nlohmann::ordered_json& record);
  void count(const nlohmann::ordered_json& record);
  std::string summary(std::size_t missing) const;

  LitmusReport report_;
  nlohmann::ordered_json tests_ = nlohmann::ordered_json::array();
  std::size_t ok_ = 0;
  std::size_t no_ = 0;
  std::size_t refuted_ = 0;  // No, and the test claims that it is so: ~exists, forall
  std::size_t racy_ = 0;
  std::size_t incomplete_ = 0;
  std::size_t broken_ = 0;
  std::size_t errors_ = 0;
  std::size_t as_expected_ = 0;
  std::size_t unexpected_ = 0;
};

}  // namespace heddle::command
