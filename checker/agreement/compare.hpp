// One program: does the engine say what the oracle says?
#pragma once

#include <set>
#include <string>

#include "checker/oracle/native.hpp"
#include "checker/oracle/program.hpp"

namespace heddle::agreement {

/// Compares the verdict, the number of complete executions, the number of deadlocks and the final
/// states. Empty if engine and oracle agree, else what differs. Of a program that races only the
/// verdict counts, since a race has no meaning.
std::string disagreement(const oracle::Program& program, const std::string& model);

/// Makes a program on which they disagree as small as it gets, and says how it differs.
std::string explain_disagreement(const oracle::Program& program, const std::string& model);

/// The same for plain data in ordinary memory and in variables: both are the engine's.
std::string disagreement_in_memory(const oracle::Program& program, const std::string& model,
                                   oracle::Data data);
std::string explain_disagreement_in_memory(const oracle::Program& program, const std::string& model,
                                           oracle::Data data);

/// The states in `some` that `others` lacks, one per line, after `whose`.
std::string only_in(const std::set<oracle::FinalState>& some,
                    const std::set<oracle::FinalState>& others, const std::string& whose);

}  // namespace heddle::agreement
