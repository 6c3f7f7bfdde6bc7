// Values that do not fit into a word, memory that scenarios allocate, and threads that start
// threads.
#include <gtest/gtest.h>

#include <list>
#include <memory>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::await;
using api::check;
using api::var;

class Objects : public testing::TestWithParam<const char*> {
 protected:
  void expect_holds(std::function<void()> body, std::uint64_t complete) {
    const Result result = count_body(std::move(body), GetParam());
    EXPECT_EQ(result.verdict, Verdict::holds)
        << (result.counterexample ? result.counterexample->violation->message : result.reason);
    EXPECT_EQ(result.executions.complete, complete);
  }
};

struct Triple {
  std::uint64_t words[3];
};

TEST_P(Objects, LongTrivialValues) {
  static_assert(sizeof(Triple) == 24);
  expect_holds(
      [] {
        var<Triple> shared(Triple{{1, 2, 3}});
        api::mutex m;
        const auto change = [&](std::uint64_t by) {
          m.lock();
          Triple triple = shared.get();
          for (std::uint64_t& word : triple.words) word += by;
          shared.set(triple);
          m.unlock();
        };
        run_threads([&] { change(10); }, [&] { change(100); });
        const Triple last = shared.get();
        check(last.words[0] == 111 && last.words[1] == 112 && last.words[2] == 113, "both arrive");
      },
      2);
}

/// A string allocates memory of its own: short, and too long for the object itself.
TEST_P(Objects, Strings) {
  expect_holds(
      [] {
        var<std::string> shared(std::string("short"));
        atomic<bool> ready{false};
        run_threads(
            [&] {
              shared.set(shared.get() + " and then much longer than what fits into the object");
              ready.store(true, release);
            },
            [&] {
              await([&] { return ready.load(acquire); });
              check(shared.get().size() == 57, "all of it");
            });
      },
      1);
}

TEST_P(Objects, FloatingPoint) {
  expect_holds(
      [] {
        var<double> ratio(0.5);
        run_threads([&] { ratio.set(ratio.get() / -4); });
        check(ratio.get() == -0.125, "exact");
      },
      1);
}

struct Node {
  explicit Node(int number) : value(number) {}
  var<int> value;
  Node* next = nullptr;
};

/// Nodes go from the threads that make them to the main thread, which frees them.
TEST_P(Objects, AListThatIsFreedByAnotherThread) {
  expect_holds(
      [] {
        atomic<Node*> head{nullptr};
        run_threads([&] { head.store(new Node(1), release); });
        Node* const node = head.load(acquire);
        check(node->value.get() == 1, "the node");
        delete node;
      },
      1);
}

/// The standard library's containers allocate through the scenario's heap.
TEST_P(Objects, ContainersOfOneThread) {
  expect_holds(
      [] {
        atomic<int> sum{0};
        run_threads([&] {
          std::vector<int> numbers;
          for (int i = 0; i < 100; ++i) numbers.push_back(i);
          std::list<std::string> texts(3, "a string that is too long for the object itself");
          const auto owner = std::make_unique<int>(5);
          sum.store(numbers[99] + static_cast<int>(texts.size()) + *owner);
        });
        check(sum.load() == 107, "all of it");
      },
      1);
}

TEST_P(Objects, ObjectsLiveAgainAtTheSameAddress) {
  expect_holds(
      [] {
        for (int i = 0; i < 3; ++i) {
          atomic<int> x{i};
          run_threads([&x] { x.fetch_add(1); });
          check(x.load() == i + 1, "made anew");
        }
      },
      1);
}

TEST_P(Objects, ThreadsStartThreads) {
  expect_holds(
      [] {
        atomic<int> x{0};
        run_threads([&x] {
          run_threads([&x] { x.fetch_add(1); }, [&x] { run_threads([&x] { x.fetch_add(1); }); });
          check(x.load() == 2, "the children are done");
        });
        check(x.load() == 2, "and theirs");
      },
      2);
}

/// Numbers do not depend on the order in which threads run.
TEST_P(Objects, NumbersOfNestedThreads) {
  expect_holds(
      [] {
        atomic<int> x{0};
        const auto parent = [&x] {
          const std::uint32_t child = api::spawn([&x] { x.fetch_add(1); });
          check(child != api::thread_index() && child > 0, "a number of its own");
          api::join(child);
        };
        run_threads(parent, parent);
        check(api::thread_index() == 0 && x.load() == 2, "main is 0");
      },
      2);
}

/// A thread may be joined by another one than its creator.
TEST_P(Objects, JoinBySibling) {
  expect_holds(
      [] {
        var<int> data{0};
        const std::uint32_t first = api::spawn([&] { data.set(1); });
        const std::uint32_t second = api::spawn([&, first] {
          api::join(first);
          check(data.get() == 1, "what it did is seen");
        });
        api::join(second);
        check(data.get() == 1, "transitively");
      },
      1);
}

/// 63 beside the main thread, each with an object of its own.
TEST_P(Objects, SixtyFourThreads) {
  expect_holds(
      [] {
        atomic<int> cells[63];
        std::uint32_t numbers[63] = {};
        for (int i = 0; i < 63; ++i) {
          cells[i].store(0);
          numbers[i] = api::spawn([&cell = cells[i], i] { cell.store(i); });
        }
        for (int i = 0; i < 63; ++i) api::join(numbers[i]);
        for (int i = 0; i < 63; ++i) check(cells[i].load() == i, "its own number");
      },
      1);
}

/// The spawn's documentation promises 1 to 64 for a thread's number.
TEST_P(Objects, ThreadsAreNumbered) {
  const auto body = [](std::uint32_t threads) {
    return [threads] {
      for (std::uint32_t i = 1; i <= threads; ++i) {
        check(api::spawn([] {}) == i, "numbers in order");
      }
    };
  };
  expect_holds(body(256), 1);
  EXPECT_EQ(check_body(body(257), {.model = GetParam()}).verdict, Verdict::broken);
}

/// Each branch has its own, and no execution has many.
TEST_P(Objects, ThreadsOfBranchesAreNumberedTogether) {
  expect_holds(
      [] {
        atomic<int> x{0};
        std::uint32_t parents[9];
        for (int i = 0; i < 9; ++i) {
          parents[i] = api::spawn([&x, i] {
            if (x.load() != i + 1) return;
            std::uint32_t children[7];
            for (auto& child : children) child = api::spawn([] {});
            for (const auto child : children) api::join(child);
          });
        }
        x.store(static_cast<int>(api::choose(10)));
        for (const auto parent : parents) api::join(parent);
      },
      5120);
}

INSTANTIATE_TEST_SUITE_P(In, Objects, testing::Values("sc", "tso", "ra", "rc11", "cpp20"),
                         [](const auto& which) { return std::string(which.param); });

}  // namespace
}  // namespace heddle
