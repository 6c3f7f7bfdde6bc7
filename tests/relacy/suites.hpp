// Runs suites of Relacy's own tests by name. Include it behind the tests.
#pragma once

#include <cstring>

/// A suite, and how it should end: as it says itself, or in another way for a reason.
struct Row {
  const char* name;
  rl::simulate_f run;
  rl::test_result_e upstream;
  rl::test_result_e ours;
  const char* reason;
};

/// Ends as it says itself.
#define SUITE(NAME, ...)                                                      \
  Row {                                                                       \
#NAME, rl::simulate < __VA_ARGS__>, __VA_ARGS__::params::expected_result, \
        __VA_ARGS__::params::expected_result, ""                              \
  }
/// Ends otherwise: Relacy is wrong by C++20, or the test needs what we don't have.
#define DIFFERS(NAME, RESULT, REASON, ...)                                    \
  Row {                                                                       \
#NAME, rl::simulate < __VA_ARGS__>, __VA_ARGS__::params::expected_result, \
        rl::test_result_##RESULT, REASON                                      \
  }

/// Runs the row; prints it as one of a table. Returns whether it ended as it should.
inline bool run(const Row& row) {
  std::ostringstream text;
  rl::test_params params;
  params.search_type = rl::sched_full;
  params.execution_depth_limit = 500;
  params.output_stream = &text;
  params.progress_stream = nullptr;
  row.run(params);
  const bool right = params.test_result == row.ours;
  std::cout << "| " << row.name << " | " << rl::test_result_str(row.upstream) << " | "
            << rl::test_result_str(params.test_result) << " | " << params.stop_iteration
            << (params.exhaustive ? ", all" : "") << " | " << row.reason << " |" << std::endl;
  if (!right) std::cout << "expected " << rl::test_result_str(row.ours) << "\n" << text.str();
  return right;
}

/// Runs the row that is named, or all.
template <std::size_t count>
int run_rows(const Row (&rows)[count], int argc, char** argv) {
  bool right = true;
  bool met = argc < 2;
  for (const Row& row : rows) {
    if (argc >= 2 && std::strcmp(row.name, argv[1]) != 0) continue;
    met = true;
    right = run(row) && right;
  }
  if (!met) std::cout << "there is no suite " << argv[1] << std::endl;
  return right && met ? 0 : 1;
}
