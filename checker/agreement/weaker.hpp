// Programs with weaker memory orders.
#pragma once

#include <functional>
#include <vector>

#include "checker/oracle/program.hpp"

namespace heddle::agreement {

/// All programs that differ from `program` by one step in one order (seq_cst, acq_rel, release or
/// acquire, relaxed, as far as the instruction may have them), or by one fence that is left out.
std::vector<oracle::Program> one_step_weaker(const oracle::Program& program);

/// The program with release and acquire orders in place of the seq_cst orders of the accesses for
/// which `weaken` is true.
oracle::Program without_seq_cst(const oracle::Program& program,
                                const std::function<bool(oracle::Kind)>& weaken);

}  // namespace heddle::agreement
