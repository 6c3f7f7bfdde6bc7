#include "checker/agreement/families.hpp"

#include <cstdlib>
#include <set>
#include <string_view>
#include <utility>

#include "checker/agreement/compare.hpp"
#include "checker/agreement/compare_flaws.hpp"
#include "checker/agreement/compare_library.hpp"
#include "checker/agreement/compare_states.hpp"
#include "checker/agreement/engine.hpp"
#include "checker/fiber/own_stack.hpp"
#include "checker/oracle/classics.hpp"
#include "checker/oracle/generate.hpp"
#include "checker/oracle/models.hpp"

namespace heddle::agreement {
namespace {

using oracle::PublishedCount;

constexpr std::size_t most_differences = 5;  // more would only hide them
// Without a factor in common with what the programs depend on.
constexpr std::uint64_t part_of_systematic = 41;
constexpr std::uint64_t random_programs = 5000;
constexpr std::uint64_t part_of_random = 19;
constexpr std::uint64_t programs_per_feature = 4000;
constexpr std::uint64_t part_of_features = 61;
constexpr std::uint64_t library_programs = 1000;  // each costs as much as ten of the others
constexpr std::uint64_t part_of_library = 37;
constexpr std::uint64_t part_in_memory = 97;  // each costs as much as hundreds of others
constexpr std::uint64_t all_in_memory = 5;

void compare_with_oracle(Tally& tally, const oracle::Program& program, const std::string& model) {
  count(tally, [&] {
    return disagreement(program, model).empty() ? "" : explain_disagreement(program, model);
  });
}

Family systematic(oracle::Family family, std::string name, std::string tests) {
  const auto compare = [family](const std::string& model, bool all) {
    Tally tally;
    std::uint64_t number = 0;
    for_each_program(family, [&](const oracle::Program& program) {
      if (number++ % (all ? 1 : part_of_systematic) == 0) {
        compare_with_oracle(tally, program, model);
      }
    });
    return tally;
  };
  return {std::move(name), std::move(tests), "oracle", all_models(), compare};
}

Tally compare_random(const std::string& model, bool all) {
  Tally tally;
  const std::uint64_t step = all ? 1 : part_of_random;
  for (std::uint64_t seed = 0; seed < random_programs; seed += step) {
    compare_with_oracle(tally, oracle::random_program(seed), model);
  }
  return tally;
}

/// Random programs, and those that pass plain data on through release sequences: by turns on a
/// stack and on the heap.
Tally compare_in_memory(const std::string& model, bool all) {
  const std::uint64_t step = all ? all_in_memory : part_in_memory;
  Tally tally;
  const auto compare = [&](const oracle::Program& program) {
    const bool on_heap = tally.tests % 2 == 0 || !fiber::has_own_stacks;
    const auto data = on_heap ? oracle::Data::plain_on_heap : oracle::Data::plain_on_stack;
    count(tally, [&] {
      const bool agree = disagreement_in_memory(program, model, data).empty();
      return agree ? "" : explain_disagreement_in_memory(program, model, data);
    });
  };
  for (std::uint64_t seed = 0; seed < random_programs; seed += step) {
    compare(oracle::random_program(seed));
  }
  std::uint64_t number = 0;
  for_each_program(oracle::Family::release_sequences, [&](const oracle::Program& program) {
    if (number++ % (step * part_of_systematic) == 0) compare(program);
  });
  return tally;
}

Family with_feature(oracle::Feature feature, std::string name, std::string tests) {
  const auto compare = [feature](const std::string& model, bool all) {
    Tally tally;
    const std::uint64_t step = all ? 1 : part_of_features;
    for (std::uint64_t seed = 0; seed < programs_per_feature; seed += step) {
      count(tally, [&] {
        const oracle::Program program = oracle::random_program(feature, seed);
        const bool agree = disagreement_on_flaws(program, model).empty();
        return agree ? "" : explain_disagreement_on_flaws(program, model);
      });
    }
    return tally;
  };
  return {std::move(name), std::move(tests), "oracle", all_models(), compare};
}

Tally compare_library(const std::string& model, bool all) {
  Tally tally;
  const std::uint64_t step = all ? 1 : part_of_library;
  for (std::uint64_t seed = 0; seed < library_programs; seed += step) {
    const oracle::library::Program program = oracle::library::random_program(seed);
    if (model != "sc" && program.tries()) continue;
    count(tally, [&] {
      const bool agree = disagreement_in_library(program, model).empty();
      return agree ? "" : explain_disagreement_in_library(program, model);
    });
  }
  return tally;
}

template <typename Program>
void compare_states(Tally& tally, const Program& program) {
  count(tally, [&] {
    return disagreement_of_states(program).empty() ? "" : explain_disagreement_of_states(program);
  });
}

constexpr oracle::Feature all_features[] = {oracle::Feature::loops,    oracle::Feature::locks,
                                            oracle::Feature::timeouts, oracle::Feature::spurious,
                                            oracle::Feature::lives,    oracle::Feature::all};

/// All kinds of random programs, by states and by executions.
Tally compare_all_states(const std::string&, bool all) {
  Tally tally;
  const std::uint64_t step = all ? 1 : part_of_features;
  for (std::uint64_t seed = 0; seed < programs_per_feature; seed += step) {
    compare_states(tally, oracle::random_program(seed));
    for (const oracle::Feature feature : all_features) {
      compare_states(tally, oracle::random_program(feature, seed));
    }
  }
  for (std::uint64_t seed = 0; seed < library_programs; seed += all ? 1 : part_of_library) {
    compare_states(tally, oracle::library::random_program(seed));
  }
  return tally;
}

std::vector<PublishedCount> published_rows() {
  return oracle::published_counts(HEDDLE_SOURCE_DIR "/checker/oracle/counts.csv");
}

/// The programs of counts.csv at the sizes that brute force does in a moment.
Tally compare_classics(const std::string& model, bool) {
  Tally tally;
  std::set<std::pair<std::string, int>> done;
  for (const PublishedCount& row : published_rows()) {
    if (!is_classic(row) || !oracle::is_small(row)) continue;
    if (!done.insert({row.program, row.parameter}).second) continue;
    compare_with_oracle(tally, oracle::classic(row.program, row.parameter), model);
  }
  return tally;
}

Tally compare_published(const std::string& model, bool) {
  Tally tally;
  for (const PublishedCount& row : published_rows()) {
    if (row.model != model || !is_classic(row)) continue;
    count(tally, [&] {
      const Result result = count_with_engine(oracle::classic(row.program, row.parameter), model);
      const bool agrees = result.verdict == Verdict::holds &&
                          result.executions.complete == row.complete &&
                          result.executions.violating == 0;
      return agrees ? "" : row.program + " " + std::to_string(row.parameter) + ", " + model;
    });
  }
  return tally;
}

}  // namespace

void count(Tally& tally, const std::function<std::string()>& difference) {
  ++tally.tests;
  if (tally.differences.size() == most_differences) return;
  std::string text = difference();
  if (text.empty()) {
    ++tally.agree;
  } else {
    tally.differences.push_back(std::move(text));
  }
}

const std::vector<std::string>& all_models() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const oracle::Model& model : oracle::models()) all.push_back(model.name);
    return all;
  }();
  return names;
}

std::vector<Family> program_families() {
  using oracle::Family;
  using oracle::Feature;
  return {
      systematic(Family::two_by_two, "two_by_two",
                 "2 threads of 1 or 2 accesses: all operations, each in all orders"),
      systematic(Family::two_by_three, "two_by_three",
                 "2 threads of up to 3 accesses or fences, one of them of 3"),
      systematic(Family::three_by_two, "three_by_two", "3 threads of 1 or 2 accesses"),
      systematic(Family::release_sequences, "release_sequences",
                 "message passing through release sequences"),
      systematic(Family::split_threads, "split_threads",
                 "a thread that creates or joins another, and a third"),
      {"random", "random programs: up to 4 steps of 3 threads", "oracle", all_models(),
       compare_random},
      with_feature(Feature::loops, "loops", "random programs with spin and compare_exchange loops"),
      with_feature(Feature::locks, "locks", "... with locks, also in wrong hands"),
      with_feature(Feature::timeouts, "timeouts",
                   "... with waits that give up, choices and assumptions"),
      with_feature(Feature::spurious, "spurious",
                   "... with compare_exchange that fails for no reason"),
      with_feature(Feature::lives, "lives",
                   "... whose objects are destroyed by threads, or have no value"),
      with_feature(Feature::all, "features", "... with all of that"),
      {"library",
       "random programs with mutexes of all kinds, semaphores, latches, condition variables",
       "a machine", all_models(), compare_library},
      {"states",
       "random programs of all these kinds, searched by states",
       "the same by executions",
       {"sc"},
       compare_all_states},
      {"memory", "such programs with plain data in ordinary memory, on stacks and heaps",
       "the same with variables", all_models(), compare_in_memory},
      {"classics", "programs from the literature", "oracle", all_models(), compare_classics},
      {"published",
       "programs from the literature",
       "counts published for GenMC",
       {"sc", "rc11"},
       compare_published},
  };
}

bool full_run() {
  const char* const wish = std::getenv("HEDDLE_AGREEMENT");
  return wish != nullptr && std::string_view(wish) == "full";
}

void for_each_systematic(std::uint64_t stride, const Use& use) {
  using oracle::Family;
  std::uint64_t number = 0;
  for (const auto family : {Family::two_by_two, Family::two_by_three, Family::three_by_two,
                            Family::release_sequences, Family::split_threads}) {
    for_each_program(family, [&](const oracle::Program& program) {
      if (number++ % stride == 0) use(program);
    });
  }
}

}  // namespace heddle::agreement
