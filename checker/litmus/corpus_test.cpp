// The texts that fuzzing starts from, read as any other test would be.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "checker/litmus/litmus.hpp"

namespace heddle::litmus {
namespace {

TEST(Corpus, IsReadOrRefused) {
  int read = 0;
  int refused = 0;
  const std::filesystem::path folder = HEDDLE_SOURCE_DIR "/checker/litmus/fuzz/corpus";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    try {
      run(parse(text, entry.path().filename().string()), {});
      ++read;
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_EQ(read, 4);
  EXPECT_EQ(refused, 3);
}

}  // namespace
}  // namespace heddle::litmus
