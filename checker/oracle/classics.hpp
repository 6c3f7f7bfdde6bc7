// Well-known small programs, several of them in any size, whose numbers of executions are published
// (counts.csv).
#pragma once

#include "checker/oracle/program.hpp"

namespace heddle::oracle {

/// The program of a row of counts.csv, which describes them. `parameter` is ignored by programs
/// without one. Throws std::invalid_argument if there is no such program.
Program classic(const std::string& name, int parameter);

}  // namespace heddle::oracle
