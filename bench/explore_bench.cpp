// Whole explorations of well-known programs: complete executions per CPU second.
#include <benchmark/benchmark.h>

#include "checker/programs/programs.hpp"
#include "checker/session/session.hpp"

namespace heddle {
namespace {

void explore(benchmark::State& state, const std::string& name, int size, const std::string& model) {
  const Scenario scenario{.name = name, .body = programs::program(name, size)};
  Counts counts;
  for (auto _ : state) {
    const Result result = check(scenario, {.model = model});
    if (result.verdict != Verdict::holds) return state.SkipWithError("does not hold");
    counts = result.executions;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(counts.complete) * state.iterations());
  state.counters["complete"] = static_cast<double>(counts.complete);
  state.counters["blocked"] = static_cast<double>(counts.blocked);
}

struct Measured {
  const char* program;
  int size;  // 0: it has none
};

constexpr Measured all[] = {
    {"ainc", 8},    {"big0", 0},      {"casrot", 10},  {"coa", 5},
    {"coa", 6},     {"fib_bench", 5}, {"indexer", 15}, {"lastzero", 15},
    {"lockinc", 8}, {"n_writers", 8}, {"readers", 15}, {"ticketlock", 7},
};

/// Registered as program/size/model.
const bool registered = [] {
  for (const Measured& each : all) {
    for (const char* model : {"sc", "rc11"}) {
      const std::string size = each.size == 0 ? "" : "/" + std::to_string(each.size);
      const std::string name = each.program + size + "/" + model;
      benchmark::RegisterBenchmark(name.c_str(), explore, each.program, each.size, model)
          ->Unit(benchmark::kMillisecond);
    }
  }
  return true;
}();

}  // namespace
}  // namespace heddle
