#include "checker/property/violation.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace heddle {
namespace {

TEST(ViolationKind, NamesAreDistinctAndInWords) {
  std::set<std::string> names;
  for (int i = 0; i <= static_cast<int>(ViolationKind::misuse); ++i) {
    const std::string name{to_string(static_cast<ViolationKind>(i))};
    EXPECT_NE(name, "unknown violation") << i;
    EXPECT_EQ(name.find('_'), std::string::npos) << name;
    EXPECT_TRUE(names.insert(name).second) << name;
  }
}

TEST(ViolationKind, OnlyWhatMakesCheckingImpossibleIsBroken) {
  EXPECT_FALSE(is_broken(ViolationKind::assertion_failed));
  EXPECT_FALSE(is_broken(ViolationKind::escaped_exception));
  EXPECT_TRUE(is_broken(ViolationKind::stack_overflow));
  EXPECT_TRUE(is_broken(ViolationKind::misuse));
}

}  // namespace
}  // namespace heddle
