#include "tools/cli/suggest.hpp"

#include <gtest/gtest.h>

namespace heddle::cli {
namespace {

TEST(Suggest, FindsTheNearestName) {
  const std::vector<std::string> names = {"sc", "rc11", "store_buffering"};
  EXPECT_EQ(nearest("rc1", names), "rc11");
  EXPECT_EQ(nearest("cs", names), "sc");
  EXPECT_EQ(nearest("store_bufering", names), "store_buffering");
  EXPECT_EQ(nearest("store", names), "store_buffering");
  EXPECT_EQ(nearest("tso", names), "");
  EXPECT_EQ(nearest("", names), "");
  EXPECT_EQ(nearest(std::string(100'000, 'x'), names), "");
}

TEST(Suggest, ListsWhatExists) {
  EXPECT_EQ(unknown_name("model", "rc1", {"sc", "rc11"}),
            "unknown model 'rc1'; did you mean 'rc11'? There are: sc, rc11");
  EXPECT_EQ(unknown_name("model", "power", {"sc", "rc11"}),
            "unknown model 'power'. There are: sc, rc11");
  EXPECT_EQ(unknown_name("parameter", "n", {}), "unknown parameter 'n'. There are none");
}

}  // namespace
}  // namespace heddle::cli
