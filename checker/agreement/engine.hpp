// Asks the engine about programs of the oracle's language.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "checker/oracle/library.hpp"
#include "checker/oracle/native.hpp"
#include "checker/oracle/program.hpp"
#include "checker/session/session.hpp"

namespace heddle::agreement {

/// What the engine says about a program under a model.
struct EngineAnswer {
  Result result;
  std::set<oracle::FinalState> states;  // of executions that were complete
};

/// Explores all executions of the program, also behind violations. Throws std::invalid_argument for
/// a model that the engine doesn't know.
EngineAnswer ask_engine(const oracle::Program& program, const std::string& model,
                        oracle::Data data = oracle::Data::variables);

/// The same by another search.
EngineAnswer ask_engine(const oracle::Program& program, const std::string& model, Search search);
EngineAnswer ask_engine(const oracle::library::Program& program, const std::string& model,
                        Search search);

/// The same without final states, of which large programs have too many to record.
Result count_with_engine(const oracle::Program& program, const std::string& model);

/// The engine's answer when it looks for this kind of violation: its first violation is of that
/// kind if it found one.
Result look_for(const oracle::Program& program, const std::string& model, ViolationKind kind);

Result look_for(const oracle::library::Program& program, const std::string& model,
                ViolationKind kind);

/// The same for a program of library objects; with `wanted` it looks for that kind of violation.
EngineAnswer ask_engine(const oracle::library::Program& program, const std::string& model,
                        std::optional<ViolationKind> wanted = {});

/// Whether the engine found a violation that is a data race.
bool races(const Result& result);

/// The kind of the first violation in words, "none" if there is none.
std::string_view first_violation(const Result& result);

}  // namespace heddle::agreement
