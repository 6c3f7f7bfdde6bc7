// One program: does the search over states say what the search over executions says?
#pragma once

#include <string>

#include "checker/oracle/library.hpp"
#include "checker/oracle/program.hpp"

namespace heddle::agreement {

/// Compares the verdict under sc, of a program that holds the final states, and whether what the
/// one finds first is of a kind that the other finds, too. Empty if both agree, else what differs.
std::string disagreement_of_states(const oracle::Program& program);
std::string disagreement_of_states(const oracle::library::Program& program);

/// Makes a program on which they disagree as small as it gets, and says how it differs.
std::string explain_disagreement_of_states(const oracle::Program& program);
std::string explain_disagreement_of_states(const oracle::library::Program& program);

}  // namespace heddle::agreement
