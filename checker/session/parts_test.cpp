// That a search may be paused, split and gone on with elsewhere: its parts are the whole.
#include <gtest/gtest.h>

#include <list>
#include <random>

#include "checker/explore/explore_test_support.hpp"
#include "checker/session/errors_test_support.hpp"

namespace heddle::explore {
namespace {

using api::atomic;

/// The executions in the order in which they are met, each by its graph, and the violations.
struct Met {
  std::vector<std::string> all;
  std::uint64_t events = 0;
  Branches branches = {.opened = 0};
  std::size_t parts = 1;
};

class Meets final : public Tally {
 public:
  explicit Meets(Met& met) : met_(met) {}
  bool on_violation(Execution&, const Found& found) override {
    met_.all.push_back("violation " + std::to_string(static_cast<int>(found.kind)));
    return true;
  }
  bool on_execution(Execution& execution, Ending ending) override {
    met_.all.push_back(graph::shape(execution.graph()) + std::to_string(static_cast<int>(ending)));
    return true;
  }

 private:
  Met& met_;
};

struct Part {
  Position position;
  bool is_beginning = false;
  Met met = {};
};

/// Goes on with a part for some branches; then may give away some of what is left.
void go_on(Execution& execution, std::list<Part>& parts, std::list<Part>::iterator part,
           std::minstd_rand& random) {
  const Execution::Mark root = execution.mark();
  Meets meets(part->met);
  Explorer search(execution, meets);
  if (!part->is_beginning) search.start_at(part->position);
  part->is_beginning = false;
  bool done = false;
  for (std::size_t branches = 1 + random() % 3; !done && branches > 0; --branches) {
    search.pause();
    done = search.run();
  }
  part->met.events += search.events();
  part->met.branches.add(search.branches());
  if (!done && !search.position().is_done() && random() % 2 == 0) {
    parts.insert(std::next(part), {.position = search.split()});
  }
  part->position = done ? Position() : search.position();
  execution.undo(root);
}

Met in_parts(const std::function<void()>& body, const consistency::Model& model,
             std::uint32_t seed) {
  std::list<Part> parts;
  with_execution(body, model, [&](Execution& execution) {
    std::minstd_rand random(seed);
    parts.assign(1, {.is_beginning = true});
    for (;;) {
      std::vector<std::list<Part>::iterator> open;
      for (auto part = parts.begin(); part != parts.end(); ++part) {
        if (part->is_beginning || !part->position.is_done()) open.push_back(part);
      }
      if (open.empty()) break;
      go_on(execution, parts, open[random() % open.size()], random);
    }
  });
  Met sum{.parts = parts.size()};
  for (const Part& part : parts) {
    sum.all.insert(sum.all.end(), part.met.all.begin(), part.met.all.end());
    sum.events += part.met.events;
    sum.branches.add(part.met.branches);
  }
  return sum;
}

Met whole(const std::function<void()>& body, const consistency::Model& model) {
  Met met;
  with_execution(body, model, [&](Execution& execution) {
    met = {};
    Meets meets(met);
    Explorer search(execution, meets);
    search.run();
    met.events = execution.events();
    met.branches = search.branches();
  });
  return met;
}

/// In whatever parts a search is done, in whatever sequence: one behind the other they are the
/// whole.
void expect_parts_add_up(const std::function<void()>& body, const std::string& name) {
  for (const char* model : {"sc", "cpp20"}) {
    const auto axioms = consistency::make_model(model);
    const Met right = whole(body, *axioms);
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
      const Met parts = in_parts(body, *axioms, seed);
      EXPECT_TRUE(parts.parts > 10 || right.all.size() < 100) << name << " under " << model;
      EXPECT_EQ(parts.all, right.all) << name << " under " << model;
      EXPECT_EQ(parts.events, right.events) << name << " under " << model;
      EXPECT_EQ(parts.branches.opened, right.branches.opened) << name << " under " << model;
      EXPECT_EQ(parts.branches.unexplained(), 0U) << name << " under " << model;
    }
  }
}

TEST(PartsOfASearch, AddUpWithReadModifyWrites) {
  expect_parts_add_up(
      [] {
        atomic<int> x{0};
        atomic<int> y{0};
        run_threads([&] { x.fetch_add(1), y.store(1, relaxed); },
                    [&] { x.fetch_add(2), y.store(2, relaxed); },
                    [&] { y.load(relaxed), x.load(relaxed), api::choose(3); });
      },
      "read-modify-writes");
}

TEST(PartsOfASearch, AddUpWithLocks) {
  expect_parts_add_up(
      [] {
        api::mutex lock;
        int plain = 0;
        const auto add = [&] { lock.lock(), ++plain, lock.unlock(); };
        run_threads(add, add, add);
      },
      "locks");
}

/// Locks, waits, races, objects that end, time-outs: whatever is a case of an error.
TEST(PartsOfASearch, AddUpForAllKindsOfErrors) {
  for (const ErrorCase& error : all_error_cases()) {
    if (is_broken(error.kind)) continue;
    expect_parts_add_up(error.body, error.name);
    expect_parts_add_up(error.repaired, error.name);
  }
}

}  // namespace
}  // namespace heddle::explore
