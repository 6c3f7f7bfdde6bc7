// Counterexamples of random programs, written by one process and replayed by another one, whose
// program, libraries and heap the system places elsewhere.
//   heddle_replay_elsewhere record FILE COUNT    writes that many traces, one a line
//   heddle_replay_elsewhere replay FILE          runs them; prints those that do not replay
#include <array>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "checker/api/api.hpp"
#include "checker/oracle/generate.hpp"
#include "checker/oracle/native.hpp"
#include "checker/session/session.hpp"

namespace heddle {
namespace {

/// What a scenario is made of: which kind of random program, and its seed.
struct Draw {
  std::uint64_t kind = 0;
  std::uint64_t seed = 0;
};

constexpr std::uint64_t first_feature = 3;
constexpr std::uint64_t kinds = first_feature + 6;

oracle::Program program_of(const Draw& draw) {
  if (draw.kind < first_feature) return oracle::random_program(draw.seed);
  return oracle::random_program(static_cast<oracle::Feature>(draw.kind - first_feature), draw.seed);
}

oracle::Data data_of(const Draw& draw) {
  if (draw.kind == 1) return oracle::Data::plain_on_stack;
  return draw.kind == 2 ? oracle::Data::plain_on_heap : oracle::Data::variables;
}

int pointed_at[4] = {};
void called() {}

/// Beside what the random program does, threads pass on pointers that differ from run to run, and
/// what is made of them.
void pass_pointers(std::uint64_t seed) {
  struct Pair {
    const int* data;
    void (*function)();
  };
  api::atomic<void (*)()> function{nullptr};
  api::atomic<const char*> text{nullptr};
  api::atomic<std::uint64_t> number{0};
  api::var<Pair> pair{{nullptr, nullptr}};
  function.store(&called);
  text.store(seed % 2 == 0 ? "even" : "odd");
  number.store(reinterpret_cast<std::uint64_t>(&pointed_at[seed % 4]) | 1);
  number.fetch_add(reinterpret_cast<std::uint64_t>(&called) * 0x9e37'79b9'7f4a'7c15);
  pair.set({&pointed_at[seed % 4], &called});
}

class Case {
 public:
  explicit Case(const Draw& draw) : draw_(draw), program_(program_of(draw)), none_(0) {}

  Scenario scenario() {
    Scenario result{.name = std::to_string(draw_.kind) + " " + std::to_string(draw_.seed)};
    result.body = [this, body = oracle::native_body(program_, none_, data_of(draw_))] {
      pass_pointers(draw_.seed);
      body();
    };
    return result;
  }

 private:
  Draw draw_;
  oracle::Program program_;
  oracle::Recorder none_;
};

/// Which of a program's counterexamples: the first, the simplest, the first of some kind.
Options options_of(const Draw& draw, std::uint64_t number) {
  static constexpr std::array wanted = {ViolationKind::assertion_failed, ViolationKind::deadlock,
                                        ViolationKind::use_after_free, ViolationKind::data_race};
  Options options{.model = model_names()[number % model_names().size()], .executions = 2000};
  options.spurious = draw.kind == first_feature + 4;
  if (number % 3 == 1) options.simplest = 1000;
  if (number % 3 == 2) options.wanted = wanted[number / 3 % wanted.size()];
  options.explain = number % 7 == 0;
  return options;
}

int record(const std::string& file, std::uint64_t count) {
  std::ofstream out(file);
  std::uint64_t written = 0;
  for (std::uint64_t number = 0; written < count && number < 100 * count; ++number) {
    const Draw draw{.kind = number % kinds, .seed = number / kinds};
    Case drawn(draw);
    Result result = check(drawn.scenario(), options_of(draw, number));
    if (!result.counterexample) continue;
    result.counterexample->sources.clear();  // thousands of copies of the same
    out << nlohmann::json(trace::to_json(*result.counterexample)) << "\n";
    ++written;
  }
  std::cout << written << " traces written by a program at "
            << reinterpret_cast<const void*>(&called) << "\n";
  return written == count && out.flush() ? 0 : 1;
}

/// Why the trace does not replay; "" if it does.
std::string problem_of(const trace::Trace& trace) {
  const std::size_t space = trace.scenario.find(' ');
  Case drawn({.kind = std::stoull(trace.scenario.substr(0, space)),
              .seed = std::stoull(trace.scenario.substr(space + 1))});
  try {
    replay(drawn.scenario(), trace);
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

int replay_all(const std::string& file) {
  std::ifstream in(file);
  std::uint64_t traces = 0;
  std::uint64_t failures = 0;
  for (std::string line; std::getline(in, line); ++traces) {
    const trace::Trace trace = trace::from_json(nlohmann::json::parse(line).get<std::string>());
    const std::string problem = problem_of(trace);
    if (problem.empty()) continue;
    ++failures;
    std::cout << "trace " << traces + 1 << " (" << trace.scenario << ", " << trace.model << ", "
              << to_string(trace.violation->kind) << "): " << problem << "\n";
  }
  std::cout << traces << " traces replayed by a program at "
            << reinterpret_cast<const void*>(&called) << ", " << failures << " do not replay\n";
  return failures == 0 && traces > 0 ? 0 : 1;
}

}  // namespace
}  // namespace heddle

int main(int count, char** arguments) {
  const std::string what = count > 2 ? arguments[1] : "";
  if (what == "record" && count == 4) {
    return heddle::record(arguments[2], std::strtoull(arguments[3], nullptr, 10));
  }
  if (what == "replay" && count == 3) return heddle::replay_all(arguments[2]);
  std::cerr << "usage: heddle_replay_elsewhere record FILE COUNT | replay FILE\n";
  return 2;
}
