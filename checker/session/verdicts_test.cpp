// What a run that finds nothing may say, and how it counts.
#include <gtest/gtest.h>

#include "checker/explore/explorer.hpp"
#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;

/// That every execution with a certain property is fine means nothing if there is none.
TEST(Assumptions, ThatNoExecutionSatisfiesProveNothing) {
  for (const bool holds : {false, true}) {
    const auto body = [holds] {
      atomic<int> x{0};
      run_threads([&x] { x.fetch_add(1); },
                  [&x, holds] {
                    x.fetch_add(1);
                    api::assume(holds);
                  });
    };
    const Result result = check_body(body);
    EXPECT_EQ(result.verdict, holds ? Verdict::holds : Verdict::incomplete);
    EXPECT_EQ(result.reason, holds ? ""
                                   : "no execution satisfies the scenario's assumptions, so "
                                     "nothing was checked");
    EXPECT_EQ(result.executions.blocked, holds ? 0U : 2U);
  }
}

/// It is enough that one does. What is found ahead of them is found in any case.
TEST(Assumptions, ThatOneExecutionSatisfiesProveSomething) {
  const auto body = [](int most) {
    return [most] {
      const auto n = api::choose(3);
      api::check(static_cast<int>(n) <= most, "small");
      api::assume(n == 1);
    };
  };
  EXPECT_EQ(check_body(body(2)).verdict, Verdict::holds);
  EXPECT_EQ(check_body(body(1)).verdict, Verdict::violated);
}

/// Executions that are too long violate nothing.
TEST(StepBound, IsCountedApart) {
  const auto body = [] {
    const auto n = api::choose(3);
    atomic<std::uint32_t> x{0};
    for (std::uint32_t i = 0; i < 10 * n; ++i) x.store(i);
    api::check(n != 1, "not 1");
  };
  const Result result = check_body(body, {.keep_going = true, .steps = 15});
  EXPECT_EQ(result.executions.complete, 1U);
  EXPECT_EQ(result.executions.violating, 1U);
  EXPECT_EQ(result.executions.cut, 1U);
  EXPECT_EQ(result.executions.blocked, 0U);
  EXPECT_EQ(result.verdict, Verdict::violated);
}

/// A model that contradicts itself: it admits no store at all.
class NoStores final : public consistency::Model {
 public:
  NoStores() : sc_(consistency::make_model("sc")) {}
  void order(graph::Graph& graph, graph::EventId event) const override { sc_->order(graph, event); }
  std::uint32_t floor(const graph::Graph& graph, graph::EventId last, graph::LocationId location,
                      const graph::Extent& extent) const override {
    return sc_->floor(graph, last, location, extent);
  }
  bool admits(const graph::Graph& graph, graph::EventId event,
              const graph::Extent&) const override {
    return graph[event].kind != graph::EventKind::write || graph[event].initial;
  }

 private:
  std::unique_ptr<consistency::Model> sc_;
};

/// Where the engine contradicts itself, nothing that it found counts.
TEST(Assertions, ThatFailMakeTheVerdictBroken) {
  Options options;
  options.on_complete = [](const std::vector<FinalValue>&) { HEDDLE_ASSERT(false); };
  const Result result = check_body([] {}, options);
  EXPECT_EQ(result.verdict, Verdict::broken);
  EXPECT_NE(result.reason.find("'false' does not hold, which is an error of heddle's"),
            std::string::npos)
      << result.reason;
}

class Silent final : public explore::Listener {
 public:
  bool on_violation(explore::Execution&, const explore::Found&) override { return true; }
  bool on_execution(explore::Execution&, explore::Ending) override { return true; }
  bool on_tick() override { return true; }
};

/// Explores with a model; the numbers of branches.
explore::Branches branches_of(const std::function<void()>& body, const consistency::Model& model) {
  memory::Areas areas;
  for (;;) {
    try {
      runtime::Program program(body, {}, areas);
      explore::Execution execution(program, model, false, 1000);
      Silent silent;
      explore::Explorer explorer(execution, silent);
      explorer.run();
      return explorer.branches();
    } catch (const runtime::SharedMemoryGrew&) {
      // Once more, with that memory.
    }
  }
}

/// What the search leaves out changes nothing.
TEST(OtherWays, FindTheSame) {
  for (const ErrorCase& error : all_error_cases()) {
    if (is_broken(error.kind)) continue;
    for (const auto& body : {error.body, error.repaired}) {
      for (const char* model : {"sc", "cpp20"}) {
        const Result result =
            check_body(body, {.model = model, .keep_going = true, .paranoid = true});
        EXPECT_NE(result.verdict, Verdict::incomplete) << error.name << ": " << result.reason;
      }
    }
  }
}

TEST(Branches, AreLostWhereAStoreHasNoPlace) {
  const auto body = [] {
    atomic<int> x{0};
    x.store(1);
  };
  const explore::Branches lost = branches_of(body, NoStores());
  EXPECT_EQ(lost.executions, 0U);
  EXPECT_EQ(lost.lost, 1U);
  EXPECT_EQ(branches_of(body, *consistency::make_model("sc")).lost, 0U);
}

/// All have an ending, whatever goes wrong.
TEST(Branches, AllEnd) {
  for (const ErrorCase& error : all_error_cases()) {
    if (is_broken(error.kind)) continue;
    for (const auto& body : {error.body, error.repaired}) {
      const explore::Branches branches = branches_of(body, *consistency::make_model("cpp20"));
      EXPECT_EQ(branches.lost, 0U) << error.name;
      EXPECT_EQ(branches.unexplained(), 0U) << error.name;
      EXPECT_GT(branches.executions, 0U) << error.name;
    }
  }
}

}  // namespace
}  // namespace heddle
