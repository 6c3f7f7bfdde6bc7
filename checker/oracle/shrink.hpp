// Makes a program that shows a disagreement as small as it gets.
#pragma once

#include <functional>

#include "checker/oracle/program.hpp"

namespace heddle::oracle {

/// Drops instructions and threads from `program`, and weakens orders, as long as `fails` stays true
/// of the rest. `fails` must be true of `program` itself. What locks still unlocks.
Program shrink(const Program& program, const std::function<bool(const Program&)>& fails);

}  // namespace heddle::oracle
