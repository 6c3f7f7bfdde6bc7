// What a scenario's program prints does not depend on where the system puts its memory.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

namespace {

/// What a shell command writes to its standard output. `status` is how it ended.
std::string output_of(const std::string& command, int& status) {
  std::string text;
  FILE* const pipe = popen((command + " 2>/dev/null").c_str(), "r");
  for (int c = 0; pipe != nullptr && (c = std::getc(pipe)) != EOF;) {
    text += static_cast<char>(c);
  }
  status = pipe == nullptr ? -1 : pclose(pipe);
  return text;
}

/// Runs a scenario's program twice as the system likes, and twice at fixed addresses if that is
/// allowed.
void expect_same_output(const std::string& scenario_and_options) {
  const std::string command = HEDDLE_BINARY_DIR "/scenarios/" + scenario_and_options;
  int status = 0;
  int other = 0;
  const std::string text = output_of(command, status);
  EXPECT_NE(text, "") << command;
  output_of("setarch -R true", other);
  const std::string prefix = other == 0 ? "setarch -R " : "";
  for (const std::string& again : {command, prefix + command, prefix + command}) {
    EXPECT_EQ(output_of(again, other), text) << again;
    EXPECT_EQ(other, status) << again;
  }
}

TEST(AddressLayout, ChangesNoCounterexample) {
  expect_same_output("message_passing --set ordered=0");
  expect_same_output("message_passing --set ordered=0 --keep-going --trace /dev/stdout");
}

TEST(AddressLayout, ChangesNoCounts) {
  expect_same_output("message_passing");
  expect_same_output("store_buffering --keep-going --model sc");
  expect_same_output("store_buffering --keep-going --model rc11");
}

/// With memory that the scenario allocates, and pointers as values.
TEST(AddressLayout, ChangesNothingForPointers) {
  expect_same_output("treiber_stack");
  expect_same_output("treiber_stack --strategy random --seed 5 --executions 300");
}

}  // namespace
