// Prints how far the engine agrees with independent answers, as a table in Markdown.
//
// Compares a part of the larger families, or all of them with HEDDLE_AGREEMENT=full in the
// environment. Differences and CPU times go to standard error. Ends with status 1 if there is any
// difference.
#include <ctime>
#include <exception>
#include <iostream>

#include "checker/agreement/families.hpp"
#include "checker/oracle/models.hpp"

namespace heddle::agreement {
namespace {

/// 57200 -> "57,200"
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

/// Compares one family under one model and adds a cell to its row. Returns whether they agree.
bool add_cell(const Family& family, const std::string& model, Tally& sum, std::string& row) {
  bool known = false;
  for (const std::string& each : family.models) known = known || each == model;
  if (!known) {
    row += " |";
    return true;
  }
  const std::clock_t start = std::clock();
  const Tally tally = family.compare(model, full_run());
  const auto seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::cerr << family.name << ", " << model << ": " << seconds << " s\n";
  for (const std::string& difference : tally.differences) std::cerr << difference;
  row += " " + grouped(tally.agree) + " |";
  sum.tests = tally.tests;
  sum.refused += tally.refused;
  return tally.agree + tally.refused == tally.tests;
}

int report() {
  bool agree = true;
  std::cout << "| tests | number | answers from |";
  for (const oracle::Model& model : oracle::models()) std::cout << " " << model.name << " |";
  std::cout << " refused |\n|---|--:|---|--:|--:|--:|--:|--:|--:|\n";
  for (const auto& families : {program_families(), litmus_families()}) {
    for (const Family& family : families) {
      Tally sum;
      std::string row;
      for (const oracle::Model& model : oracle::models()) {
        agree = add_cell(family, model.name, sum, row) && agree;
      }
      std::cout << "| " << family.tests << " | " << grouped(sum.tests) << " | " << family.against
                << " |" << row << " " << sum.refused << " |" << std::endl;
    }
  }
  return agree ? 0 : 1;
}

}  // namespace
}  // namespace heddle::agreement

int main() {
  try {
    return heddle::agreement::report();
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return 2;
  }
}
