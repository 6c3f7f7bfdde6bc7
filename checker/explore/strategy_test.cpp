#include "checker/explore/strategy.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "checker/explore/explore_test_support.hpp"
#include "checker/graph/dump_test_support.hpp"
#include "checker/session/errors_test_support.hpp"

namespace heddle::explore {
namespace {

using api::atomic;

/// Store buffering, with a choice: 3 executions under sc and 4 under weaker models, twice.
void body() {
  atomic<int> x{0};
  atomic<int> y{0};
  run_threads([&] { x.store(1, relaxed), y.load(relaxed), api::choose(2); },
              [&] { y.store(1, relaxed), x.load(relaxed); });
}

struct Visited {
  std::set<std::string> shapes;
  int executions = 0;
  bool finished = false;
  double explored = 0;
  std::uint64_t lost = 0;
};

Visited visit(std::string_view strategy, const std::string& model, StrategyOptions options = {}) {
  Visited visited;
  const auto axioms = consistency::make_model(model);
  with_execution(body, *axioms, [&](Execution& execution) {
    visited = {};
    Tally tally;
    tally.at_end = [&](Execution& at_end, Ending) {
      visited.shapes.insert(graph::shape(at_end.graph()));
      ++visited.executions;
    };
    const auto run = find_strategy(strategy).make(execution, tally, options);
    visited.finished = run->run();
    visited.explored = run->explored();
    visited.lost = run->lost();
  });
  return visited;
}

TEST(Exhaustive, VisitsEachExecutionOnce) {
  for (const auto& [model, count] :
       {std::pair("sc", 6), {"tso", 8}, {"ra", 8}, {"rc11", 8}, {"cpp20", 8}}) {
    const Visited all = visit("exhaustive", model);
    EXPECT_TRUE(all.finished);
    EXPECT_EQ(all.executions, count) << model;
    EXPECT_EQ(all.shapes.size(), static_cast<std::size_t>(count)) << model;
    EXPECT_EQ(all.lost, 0U);
  }
}

/// Executions of the random strategy are some of those that there are; enough of them are all.
TEST(Random, VisitsOnlyWhatThereIs) {
  for (const std::string& model : heddle::model_names()) {
    const std::set<std::string> all = visit("exhaustive", model).shapes;
    const Visited random = visit("random", model, {.seed = 3, .executions = 200});
    EXPECT_EQ(random.executions, 200);
    EXPECT_EQ(random.shapes, all) << model;
    EXPECT_EQ(random.explored, 1.0);
  }
}

TEST(Random, IsTheSameForTheSameSeed) {
  const auto few = [](std::uint64_t seed) {
    return visit("random", "rc11", {.seed = seed, .executions = 2}).shapes;
  };
  EXPECT_EQ(few(1), few(1));
  bool differs = false;
  for (std::uint64_t seed = 2; seed < 10; ++seed) differs |= few(seed) != few(1);
  EXPECT_TRUE(differs);
}

/// A listener that ends it at once.
TEST(Strategies, EndWhenTheListenerSaysSo) {
  class Impatient final : public Tally {
   public:
    bool on_execution(Execution&, Ending) override { return ++executions < 2; }
    int executions = 0;
  };
  const auto sc = consistency::make_model("sc");
  for (const StrategyEntry& entry : strategies()) {
    with_execution(body, *sc, [&](Execution& execution) {
      Impatient listener;
      const auto run = entry.make(execution, listener, {});
      EXPECT_FALSE(run->run()) << entry.name;
      EXPECT_EQ(listener.executions, 2) << entry.name;
      EXPECT_LT(run->explored(), 1.0) << entry.name;
    });
  }
}

TEST(Strategies, AreFoundByName) {
  for (const StrategyEntry& entry : strategies()) {
    EXPECT_EQ(&find_strategy(entry.name), &entry);
  }
  EXPECT_TRUE(strategies().front().is_exhaustive);
  try {
    find_strategy("guess");
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "there is no strategy 'guess'; there are: exhaustive, random");
  }
}

}  // namespace
}  // namespace heddle::explore
