// The fuzzer's seeds are traces that every output takes, or are refused as their names say.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "checker/export/exports.hpp"

namespace heddle::exports {
namespace {

TEST(Corpus, EverySeedIsATraceThatEveryOutputTakesOrRefused) {
  const std::filesystem::path folder = HEDDLE_SOURCE_DIR "/checker/export/fuzz/corpus";
  int seeds = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    SCOPED_TRACE(entry.path().string());
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    ++seeds;
    if (entry.path().filename().string().starts_with("refused_")) {
      EXPECT_THROW(trace::from_json(text.str()), std::runtime_error);
      continue;
    }
    const trace::Trace trace = trace::from_json(text.str());
    EXPECT_EQ(trace::to_json(trace), text.str());
    EXPECT_NE(html(trace), "");
    EXPECT_NE(dot(trace, true), "");
    EXPECT_NE(sarif({trace}), "");
    EXPECT_NE(perfetto(trace), "");
    EXPECT_NE(junit({test_case(trace)}), "");
  }
  EXPECT_GE(seeds, 9);
}

}  // namespace
}  // namespace heddle::exports
