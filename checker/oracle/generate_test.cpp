// What the agreement tests run on: as many programs as documented, no two alike.
#include "checker/oracle/generate.hpp"

#include <gtest/gtest.h>

#include <set>

namespace heddle::oracle {
namespace {

TEST(Generate, FamiliesAreAsLargeAsDocumentedAndWithoutRepetition) {
  const std::array<std::pair<Family, std::uint64_t>, 5> sizes = {
      {{Family::two_by_two, 57'200},
       {Family::two_by_three, 105'768},
       {Family::three_by_two, 98'744},
       {Family::release_sequences, 38'880},
       {Family::split_threads, 23'848}}};
  for (const auto& [family, size] : sizes) {
    std::set<std::string> texts;
    const std::uint64_t count = for_each_program(family, [&](const Program& program) {
      const std::string text = to_string(program);
      texts.insert(text.substr(text.find('\n')));
    });
    EXPECT_EQ(count, size);
    EXPECT_EQ(texts.size(), size);
  }
}

TEST(Generate, RandomProgramsDependOnTheSeedOnly) {
  EXPECT_EQ(to_string(random_program(1)), to_string(random_program(1)));
  std::set<std::string> texts;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const std::string text = to_string(random_program(seed));
    texts.insert(text.substr(text.find('\n')));
  }
  EXPECT_GT(texts.size(), 95U);
}

}  // namespace
}  // namespace heddle::oracle
