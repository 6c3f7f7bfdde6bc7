// That moves are undone exactly, in whatever is a case of an error.
#include <gtest/gtest.h>

#include "checker/explore/explore_test_support.hpp"
#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

/// Locks, waits, races, objects that end, time-outs: whatever is a case of an error.
TEST(Undo, RestoresTheGraphBehindEveryMove) {
  for (const ErrorCase& error : all_error_cases()) {
    if (is_broken(error.kind)) continue;
    for (const char* model : {"sc", "cpp20"}) {
      EXPECT_EQ(explore::problem_with_moves(error.body, model), "") << error.name;
      EXPECT_EQ(explore::problem_with_moves(error.repaired, model), "") << error.name;
    }
  }
}

}  // namespace
}  // namespace heddle
