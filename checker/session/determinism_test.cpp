// The same in every run of the program, wherever the system puts its memory.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

constexpr const char* file_variable = "HEDDLE_TEST_FINDINGS_FILE";

/// Counts and traces of all errors and repairs. What is nondeterministic by design is left out.
std::string findings() {
  std::ostringstream text;
  for (const ErrorCase& error : all_error_cases()) {
    if (!error.repeatable) continue;
    for (const std::string& model : model_names()) {
      for (const auto& body : {error.body, error.repaired}) {
        const Result result =
            check(scenario_of(error.name, body), {.model = model, .keep_going = true});
        text << error.name << ' ' << model << ' ' << static_cast<int>(result.verdict) << ' '
             << result.executions.complete << ' ' << result.executions.blocked << ' '
             << result.executions.violating << ' ' << result.events << ' ' << result.reason << '\n';
        if (result.counterexample) text << to_json(*result.counterexample) << '\n';
      }
    }
  }
  return text.str();
}

/// Runs `words` and returns its exit status.
int run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

std::string own_path() {
  char path[4096] = {};
  return readlink("/proc/self/exe", path, sizeof(path) - 1) > 0 ? path : "";
}

/// findings() of another run of this program, started with `prefix`.
std::string findings_of_child(std::vector<std::string> prefix) {
  const std::string file = testing::TempDir() + "heddle_findings_" + std::to_string(getpid());
  setenv(file_variable, file.c_str(), 1);
  prefix.push_back(own_path());
  prefix.push_back("--gtest_filter=Determinism.WritesFindings");
  prefix.push_back("--gtest_brief=1");
  EXPECT_EQ(run(prefix), 0);
  unsetenv(file_variable);
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  unlink(file.c_str());
  return text.str();
}

/// The child of the tests below; alone, it compares two runs in one process.
TEST(Determinism, WritesFindings) {
  const std::string text = findings();
  if (const char* file = std::getenv(file_variable)) {
    std::ofstream(file) << text;
  } else {
    EXPECT_EQ(findings(), text);
  }
}

TEST(Determinism, OfTwoProcesses) {
  const std::string text = findings();
  EXPECT_GT(text.size(), 10'000U);
  EXPECT_EQ(findings_of_child({}), text);
}

TEST(Determinism, WithAndWithoutAddressRandomisation) {
  const bool can_switch_off = run({"setarch", "-R", "true"}) == 0;
  const std::vector<std::string> fixed =
      can_switch_off ? std::vector<std::string>{"setarch", "-R"} : std::vector<std::string>{};
  EXPECT_EQ(findings_of_child(fixed), findings_of_child({}));
}

/// A larger environment moves the host's stack.
TEST(Determinism, WithAnotherEnvironment) {
  const std::string text = findings_of_child({});
  EXPECT_EQ(findings_of_child({"env", "LONG=" + std::string(10'000, 'x')}), text);
}

/// Unnamed objects and pointers are shown without help from the scenario.
void unnamed() {
  api::atomic<int> cells[3] = {api::atomic<int>(0), api::atomic<int>(0), api::atomic<int>(0)};
  api::atomic<api::atomic<int>*> place{nullptr};
  api::atomic<int*> block{nullptr};
  run_threads(
      [&] {
        place.store(&cells[1]);
        block.store(new int(3));
      },
      [&] { place.load(), block.load(); });
  api::check(false, "always");
}

TEST(Determinism, OfScenariosThatNameNothing) {
  const auto shown_trace = [] { return to_json(*check_body(unnamed).counterexample); };
  const std::string first = shown_trace();
  const auto ballast = std::make_unique<std::array<char, 1 << 20>>();
  EXPECT_EQ(shown_trace(), first);
}

}  // namespace
}  // namespace heddle
