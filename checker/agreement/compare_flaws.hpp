// One program: does the engine find what the oracle finds to be wrong with it?
#pragma once

#include <string>

#include "checker/oracle/program.hpp"

namespace heddle::agreement {

/// Compares verdict, kinds of violations, number of complete and of violating executions, and the
/// final states. Empty if engine and oracle agree, else what differs. Of a program that does what
/// is undefined (a race, a use after free, a read of nothing) only the verdict counts, and that the
/// first violation is one of those that there are. Where retry_add decides by what the compiler
/// keeps how many executions there are, they are not counted.
std::string disagreement_on_flaws(const oracle::Program& program, const std::string& model);

/// Makes a program on which they disagree as small as it gets, and says how it differs.
std::string explain_disagreement_on_flaws(const oracle::Program& program, const std::string& model);

}  // namespace heddle::agreement
