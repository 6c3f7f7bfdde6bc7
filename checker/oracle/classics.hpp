// Well-known small programs, several of them in any size, whose numbers of executions are published
// (counts.csv).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/oracle/program.hpp"

namespace heddle::oracle {

/// The program of a row of counts.csv, which describes them. `parameter` is ignored by programs
/// without one. Throws std::invalid_argument if there is no such program.
Program classic(const std::string& name, int parameter);

/// A row of counts.csv.
struct PublishedCount {
  std::string program;
  int parameter;  // 0 for programs without one
  std::string model;
  std::uint64_t complete;
};

/// Reads counts.csv. Throws std::runtime_error if the file can't be read.
std::vector<PublishedCount> published_counts(const std::string& path);

/// Whether classic() has the program of a row. Some need more than this language has: sums of two
/// registers (fib_bench), loops (indexer), more than 8 registers (lastzero from 10 on).
bool is_classic(const PublishedCount& row);

/// Whether brute force does the row within about a second.
bool is_small(const PublishedCount& row);

}  // namespace heddle::oracle
