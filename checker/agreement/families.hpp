// The families of programs that the engine is compared on, each with whom it is compared.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/oracle/program.hpp"

namespace heddle::agreement {

/// What came out of one family under one model.
struct Tally {
  std::uint64_t tests = 0;
  std::uint64_t agree = 0;
  std::uint64_t refused = 0;             // not supported, and the engine says so
  std::vector<std::string> differences;  // of the first few that neither agree nor are refused
};

/// Adds what is to be said about one more test: empty if it agrees.
void count(Tally& tally, const std::function<std::string()>& difference);

struct Family {
  std::string name;     // lower-case words joined by '_'
  std::string tests;    // what they are, in words
  std::string against;  // who knows the answers
  std::vector<std::string> models;
  /// Compares a part of the family or all of it.
  std::function<Tally(const std::string& model, bool all)> compare;
};

/// The names of all models that the oracle knows, strongest first.
const std::vector<std::string>& all_models();

/// Families of oracle programs: systematic, random, and from the literature.
std::vector<Family> program_families();

/// Families of litmus tests: those of tests/litmus.
std::vector<Family> litmus_families();

/// Whether the environment asks for all programs instead of a part: HEDDLE_AGREEMENT=full.
bool full_run();

using Use = std::function<void(const oracle::Program&)>;

/// Calls `use` with every `stride`-th program of all systematic families.
void for_each_systematic(std::uint64_t stride, const Use& use);

}  // namespace heddle::agreement
