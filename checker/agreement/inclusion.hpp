// Whether all that one program may do under one model, another may do under another.
#pragma once

#include <string>

#include "checker/oracle/program.hpp"

namespace heddle::agreement {

struct Question {
  oracle::Program program;
  std::string model;
};

/// Compares final states, numbers of complete executions and of deadlocks, and races, both as the
/// oracle and as the engine find them. Empty if all of `less` is in `more`, else what is not. Both
/// programs have the same threads, so that their states can be compared. What the engine says about
/// a program that races counts only for the race, since a race has no meaning.
std::string not_included(const Question& less, const Question& more);

}  // namespace heddle::agreement
