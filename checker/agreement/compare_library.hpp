// One program of library objects: does the engine say what the machine says?
#pragma once

#include <string>

#include "checker/oracle/library.hpp"

namespace heddle::agreement {

/// Compares what is wrong (a race, an endless wait) and, without a race, the final states. Empty if
/// engine and machine agree, also if the program uses a lock wrongly; else what differs. Under
/// models other than sc only for programs that never try.
std::string disagreement_in_library(const oracle::library::Program& program,
                                    const std::string& model);

/// Makes a program on which they disagree as small as it gets, and says how it differs.
std::string explain_disagreement_in_library(const oracle::library::Program& program,
                                            const std::string& model);

}  // namespace heddle::agreement
