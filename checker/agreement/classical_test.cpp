// The tables of "The classical tests" in docs/MEMORY-MODELS.md say what the engine finds. That the
// engine is right about these tests, the oracle says: see litmus_families().
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "checker/agreement/litmus_files.hpp"
#include "checker/oracle/models.hpp"

namespace heddle::agreement {
namespace {

/// Test -> the models that allow its outcome: "tso, ra", or "none".
using Verdicts = std::map<std::string, std::string>;

using Cells = std::vector<std::string>;

Cells cells_of(const std::string& row) {
  Cells cells;
  std::istringstream text(row.substr(1));
  for (std::string cell; std::getline(text, cell, '|');) {
    const std::size_t from = cell.find_first_not_of(" `");
    const std::size_t to = cell.find_last_not_of(" `");
    cells.push_back(from == std::string::npos ? "" : cell.substr(from, to - from + 1));
  }
  return cells;
}

/// A table has one row per test, with the verdict last, or one per shape, with verdicts below the
/// names of the orders in its header.
Verdicts documented() {
  std::ifstream page(HEDDLE_SOURCE_DIR "/docs/MEMORY-MODELS.md");
  Verdicts verdicts;
  Cells header;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) inside = line == "## The classical tests";
    if (!inside || !line.starts_with("| ")) continue;
    const Cells cells = cells_of(line);
    if (!line.starts_with("| `")) {
      header = cells;
    } else if (header.at(0) == "test") {
      verdicts[cells.at(0)] = cells.at(2);
    } else {
      for (std::size_t i = 3; i < header.size(); ++i) {
        verdicts[cells.at(0) + "+" + header[i]] = cells.at(i);
      }
    }
  }
  return verdicts;
}

std::string allowed_by(const litmus::Test& test) {
  std::string models;
  for (const oracle::Model& model : oracle::models()) {
    const litmus::Result result = run(test, {.model = model.name});
    EXPECT_EQ(result.outcome, litmus::Outcome::complete) << test.name << ", " << model.name;
    if (result.positive > 0) models += (models.empty() ? "" : ", ") + model.name;
  }
  return models.empty() ? "none" : models;
}

TEST(Classical, TablesAreWhatTheEngineFinds) {
  Verdicts found;
  for (const std::string& file : litmus_files("classical")) {
    const litmus::Test test = read_litmus("classical", file);
    EXPECT_EQ(test.name + ".litmus", file);
    EXPECT_EQ(test.quantifier, litmus::Quantifier::exists) << file;
    found[test.name] = allowed_by(test);
  }
  EXPECT_EQ(found.size(), 84U);
  EXPECT_EQ(documented(), found);
}

}  // namespace
}  // namespace heddle::agreement
