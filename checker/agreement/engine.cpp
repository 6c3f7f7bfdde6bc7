#include "checker/agreement/engine.hpp"

#include "checker/property/violation.hpp"

namespace heddle::agreement {
namespace {

/// More final states than any program has that brute force can enumerate.
constexpr std::size_t most_states = std::size_t{1} << 14;

Result explore(const oracle::Program& program, const std::string& model, oracle::Recorder& recorder,
               oracle::Data data = oracle::Data::variables,
               std::optional<ViolationKind> wanted = {}, Search search = Search::graphs) {
  Scenario scenario{.name = "agreement", .summary = program.name};
  scenario.body = oracle::native_body(program, recorder, data);
  return check(scenario, {.model = model,
                          .search = search,
                          .keep_going = true,
                          .wanted = wanted,
                          .spurious = program.spurious});
}

EngineAnswer explore(const oracle::library::Program& program, const Options& options) {
  oracle::Recorder recorder(most_states);
  Scenario scenario{.name = "agreement", .summary = program.name};
  scenario.body = native_body(program, recorder);
  Result result = check(scenario, options);
  return {std::move(result), recorder.states()};
}

}  // namespace

EngineAnswer ask_engine(const oracle::Program& program, const std::string& model,
                        oracle::Data data) {
  oracle::Recorder recorder(most_states);
  Result result = explore(program, model, recorder, data);
  return {std::move(result), recorder.states()};
}

Result count_with_engine(const oracle::Program& program, const std::string& model) {
  oracle::Recorder none(0);
  return explore(program, model, none);
}

Result look_for(const oracle::Program& program, const std::string& model, ViolationKind kind) {
  oracle::Recorder none(0);
  return explore(program, model, none, oracle::Data::variables, kind);
}

EngineAnswer ask_engine(const oracle::Program& program, const std::string& model, Search search) {
  oracle::Recorder recorder(most_states);
  Result result = explore(program, model, recorder, oracle::Data::variables, {}, search);
  return {std::move(result), recorder.states()};
}

EngineAnswer ask_engine(const oracle::library::Program& program, const std::string& model,
                        std::optional<ViolationKind> wanted) {
  return explore(program, {.model = model, .keep_going = true, .wanted = wanted});
}

EngineAnswer ask_engine(const oracle::library::Program& program, const std::string& model,
                        Search search) {
  return explore(program, {.model = model, .search = search, .keep_going = true});
}

Result look_for(const oracle::library::Program& program, const std::string& model,
                ViolationKind kind) {
  return ask_engine(program, model, kind).result;
}

bool races(const Result& result) {
  return first_violation(result) == to_string(ViolationKind::data_race);
}

std::string_view first_violation(const Result& result) {
  if (!result.counterexample || !result.counterexample->violation) return "none";
  return to_string(result.counterexample->violation->kind);
}

}  // namespace heddle::agreement
