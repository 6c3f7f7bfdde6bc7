// What is wrong with the lives of the objects of a graph.
#pragma once

#include <set>

#include "checker/oracle/enumerate.hpp"
#include "checker/oracle/state.hpp"

namespace heddle::oracle {

/// Uses and ends of what is or may be ended by another thread, and reads of what was never written.
/// A round of a wait that fails is an access, too.
std::set<Flaw> flaws_of_lives(const Program& program, const Model& model, const State& s);

}  // namespace heddle::oracle
