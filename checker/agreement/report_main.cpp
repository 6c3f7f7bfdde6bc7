// Prints how far the engine agrees with independent answers, as a table in Markdown.
//
// Compares a part of the larger families, or all of them with HEDDLE_AGREEMENT=full in the
// environment; names of families as arguments: only those. Differences and CPU times go to standard
// error. Ends with status 1 if there is any difference.
#include <algorithm>
#include <ctime>
#include <exception>
#include <iostream>
#include <map>
#include <set>
#include <string>

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

/// Compares one family under one model. What does not agree goes to standard error.
Tally compare(const Family& family, const std::string& model) {
  const std::clock_t start = std::clock();
  Tally tally = family.compare(model, full_run());
  const auto seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::cerr << family.name << ", " << model << ": " << seconds << " s\n";
  for (const std::string& difference : tally.differences) std::cerr << difference;
  return tally;
}

/// Compares one family and prints its row. Returns whether there is no difference.
bool report(const Family& family) {
  std::map<std::string, Tally> tallies;
  for (const std::string& model : family.models) tallies[model] = compare(family, model);
  std::uint64_t number = 0;
  std::uint64_t refused = 0;
  bool agree = true;
  for (const auto& [model, tally] : tallies) {
    number = std::max(number, tally.tests);
    refused += tally.refused;
    agree = agree && tally.agree + tally.refused == tally.tests;
  }
  std::cout << "| " << family.tests << " | " << grouped(number) << " | " << family.against << " |";
  for (const oracle::Model& model : oracle::models()) {
    const auto found = tallies.find(model.name);
    if (found != tallies.end()) {
      const Tally& tally = found->second;
      std::cout << " " << grouped(tally.agree);
      if (tally.tests != number) std::cout << " of " << grouped(tally.tests);
    }
    std::cout << " |";
  }
  std::cout << " " << refused << " |" << std::endl;
  return agree;
}

int report(const std::set<std::string>& wanted) {
  std::cout << "| tests | number | answers from |";
  for (const oracle::Model& model : oracle::models()) std::cout << " " << model.name << " |";
  std::cout << " refused |\n|---|--:|---|--:|--:|--:|--:|--:|--:|\n";
  bool agree = true;
  for (const auto& families : {program_families(), litmus_families()}) {
    for (const Family& family : families) {
      if (wanted.empty() || wanted.contains(family.name)) agree = report(family) && agree;
    }
  }
  return agree ? 0 : 1;
}

}  // namespace
}  // namespace heddle::agreement

int main(int count, char** arguments) {
  try {
    return heddle::agreement::report({arguments + 1, arguments + count});
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return 2;
  }
}
