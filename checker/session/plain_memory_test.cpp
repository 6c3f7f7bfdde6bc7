// Plain data that threads share is explored, and checked for races, like api::var.
#include <gtest/gtest.h>

#include <array>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/fiber/own_stack.hpp"
#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::await;
using api::var;

/// An int as code writes it that knows nothing of the checker. Volatile: each access is made.
class Plain {
 public:
  int get() const { return value_; }
  void set(int value) { value_ = value; }

 private:
  volatile int value_ = 0;
};

/// Puts locals onto the heap where stacks can't be shared, under a sanitizer.
template <typename T>
class Local {
 public:
  T* operator->() { return get(); }
  T& operator*() { return *get(); }

 private:
  T* get() { return fiber::has_own_stacks ? &here_ : elsewhere_.get(); }
  T here_;
  std::unique_ptr<T> elsewhere_ = std::make_unique<T>();
};

class PlainMemory : public testing::TestWithParam<std::string> {
 protected:
  /// Checks that two scenarios have the same verdict, of the same kind, and equally many
  /// executions.
  void expect_same(const std::function<void()>& plain, const std::function<void()>& modelled) {
    const Result a = count_body(plain, GetParam());
    const Result b = count_body(modelled, GetParam());
    EXPECT_EQ(a.verdict, b.verdict) << message_of(a) << "; modelled: " << message_of(b);
    EXPECT_EQ(a.executions.complete, b.executions.complete);
    EXPECT_EQ(a.executions.violating, b.executions.violating);
    ASSERT_EQ(a.counterexample.has_value(), b.counterexample.has_value());
    if (a.counterexample) {
      EXPECT_EQ(a.counterexample->violation->kind, b.counterexample->violation->kind);
    }
    EXPECT_GT(b.executions.complete + b.executions.violating, 0U);
  }

  void expect(ViolationKind kind, Verdict verdict, const std::function<void()>& body) {
    const Result result = check_body(body, {.model = GetParam()});
    EXPECT_EQ(result.verdict, verdict);
    ASSERT_TRUE(result.counterexample) << result.reason;
    EXPECT_EQ(result.counterexample->violation->kind, kind) << message_of(result);
    // What was found with the shared memory known is found again with what the trace says of it.
    const Result again = replay(scenario_of("test", body), *result.counterexample);
    EXPECT_EQ(again.verdict, result.verdict) << message_of(again);
  }

  static std::string message_of(const Result& result) {
    return result.counterexample ? result.counterexample->violation->message : result.reason;
  }
};

template <typename Cell>
void pass_message(std::memory_order publishes) {
  Local<Cell> message;
  atomic<int> ready{0};
  run_threads(
      [&] {
        message->set(1);
        ready.store(1, publishes);
      },
      [&] {
        if (ready.load(acquire) == 1) api::check(message->get() == 1, "the message is there");
      });
}

TEST_P(PlainMemory, MessagePassing) {
  expect_same([] { pass_message<Plain>(release); }, [] { pass_message<var<int>>(release); });
  expect_same([] { pass_message<Plain>(relaxed); }, [] { pass_message<var<int>>(relaxed); });
}

/// The first access behind an await's begin is one of its predicate's.
template <typename Cell>
void wait_by_index() {
  Local<Cell> index;
  atomic<int> ready{0};
  atomic<int> flags[2] = {0, 0};
  run_threads(
      [&] {
        index->set(1);
        ready.store(1, release);
        flags[1].store(1);
      },
      [&] {
        if (ready.load(acquire) == 0) return;
        await([&] { return flags[index->get()].load() == 1; });
      });
}

TEST_P(PlainMemory, PredicatesOfAwaits) {
  expect_same([] { wait_by_index<Plain>(); }, [] { wait_by_index<var<int>>(); });
}

template <typename Cell>
struct Node {
  Node* next = nullptr;
  Cell value;
};

/// Treiber's stack: nodes are written plainly, pushed by two threads, and read by a third.
template <typename Cell>
void push_and_take() {
  using Item = Node<Cell>;
  atomic<Item*> top{nullptr};
  const auto push = [&top](Item* node, int value) {
    node->value.set(value);
    Item* head = top.load(relaxed);
    do {
      node->next = head;
    } while (!top.compare_exchange_strong(head, node, release, relaxed));
  };
  Local<std::array<Item, 2>> nodes;
  run_threads([&] { push(&nodes->front(), 1); }, [&] { push(&nodes->back(), 2); },
              [&] {
                int sum = 0;
                for (Item* at = top.exchange(nullptr, acquire); at != nullptr; at = at->next) {
                  sum += at->value.get();
                }
                api::check(sum <= 3, "each node is there once");
              });
}

TEST_P(PlainMemory, TreiberStack) {
  // `next` is plain in both: what it reads is told by the value of `top`.
  expect_same([] { push_and_take<Plain>(); }, [] { push_and_take<var<int>>(); });
}

template <typename Cell>
void count_under_lock(int threads) {
  Local<Cell> count;
  count->set(0);
  atomic<bool> taken{false};
  std::vector<std::uint32_t> numbers;
  for (int i = 0; i < threads; ++i) {
    numbers.push_back(api::spawn([&] {
      await([&] { return !taken.exchange(true, acquire); });
      count->set(count->get() + 1);
      taken.store(false, release);
    }));
  }
  for (const std::uint32_t number : numbers) api::join(number);
  api::check(count->get() == threads, "nothing is lost");
}

TEST_P(PlainMemory, CounterUnderASpinLock) {
  expect_same([] { count_under_lock<Plain>(3); }, [] { count_under_lock<var<int>>(3); });
}

/// The spinning thread reads its own stack and plain data in each round.
template <typename Cell>
void spin_between_plain_accesses() {
  Local<Cell> first;
  Local<Cell> second;
  atomic<int> stage{0};
  run_threads(
      [&] {
        first->set(1);
        stage.store(1, release);
        while (stage.load(acquire) != 2) {
        }
        api::check(second->get() == first->get() + 1, "the answer is there");
      },
      [&] {
        while (stage.load(acquire) != 1) {
        }
        second->set(first->get() + 1);
        stage.store(2, release);
      });
}

TEST_P(PlainMemory, SpinLoopsBetween) {
  expect_same([] { spin_between_plain_accesses<Plain>(); },
              [] { spin_between_plain_accesses<var<int>>(); });
}

/// Written behind the creation of a thread that reads it.
template <typename Cell>
void write_behind_a_spawn(bool waits) {
  Local<Cell> data;
  atomic<int> ready{0};
  const std::uint32_t child = api::spawn([&, waits] {
    if (waits) await([&] { return ready.load(acquire) == 1; });
    data->get();
  });
  data->set(1);
  ready.store(1, release);
  api::join(child);
}

TEST_P(PlainMemory, OfTheCreator) {
  for (const bool waits : {false, true}) {
    expect_same([waits] { write_behind_a_spawn<Plain>(waits); },
                [waits] { write_behind_a_spawn<var<int>>(waits); });
  }
}

TEST_P(PlainMemory, NeighboursAreNoRace) {
  const Result result = count_body(
      [] {
        struct Pair {
          volatile char a = 0, b = 0;
        };
        const auto pair = std::make_unique<Pair>();
        run_threads([&] { pair->a = 1; }, [&] { pair->b = 2; });
        api::check(pair->a == 1 && pair->b == 2, "both are written");
      },
      GetParam());
  EXPECT_EQ(result.verdict, Verdict::holds) << message_of(result);
  EXPECT_EQ(result.executions.complete, 1U);
}

TEST_P(PlainMemory, OfTheStandardLibrary) {
  const Result result = count_body(
      [] {
        api::mutex guard;
        std::vector<std::string> words;
        const auto add = [&](const char* word) {
          guard.lock();
          words.emplace_back(word);
          guard.unlock();
        };
        const auto shared = std::make_unique<std::vector<std::string>>();
        run_threads(
            [&] {
              guard.lock();
              shared->emplace_back("a word that is too long to be kept in the string itself");
              guard.unlock();
            },
            [&] {
              guard.lock();
              shared->emplace_back("short");
              guard.unlock();
            });
        api::check(shared->size() == 2 && shared->front() != shared->back(), "both are there");
        add("of the main thread alone");
      },
      GetParam());
  EXPECT_EQ(result.verdict, Verdict::holds) << message_of(result);
  EXPECT_EQ(result.executions.complete, 2U);
}

TEST_P(PlainMemory, RacesAreFoundAndReplayed) {
  expect(ViolationKind::data_race, Verdict::violated, [] {
    const auto data = std::make_unique<Plain>();
    run_threads([&] { data->set(1); }, [&] { data->set(2); });
  });
}

TEST_P(PlainMemory, UseAfterFreeIsFoundAndReplayed) {
  expect(ViolationKind::use_after_free, Verdict::violated, [] {
    atomic<Plain*> place{nullptr};
    run_threads(
        [&] {
          auto* data = new Plain;
          place.store(data, release);
          delete data;
        },
        [&] {
          if (const Plain* data = place.load(acquire)) data->get();
        });
  });
}

TEST_P(PlainMemory, OfADeadStackIsFoundAndReplayed) {
  const auto body = [] {
    atomic<Plain*> place{nullptr};
    run_threads(
        [&] {
          Plain local;
          place.store(&local, release);
        },
        [&] {
          if (const Plain* data = place.load(acquire)) data->get();
        });
  };
  if (fiber::has_own_stacks) {
    expect(ViolationKind::use_after_free, Verdict::violated, body);
  } else {
    expect(ViolationKind::unmodelled_memory, Verdict::broken, body);
  }
}

TEST_P(PlainMemory, StandardAtomicsAreRefused) {
  expect(ViolationKind::unmodelled_memory, Verdict::broken, [] {
    const auto shared = std::make_shared<int>(1);
    run_threads([copy = shared] { api::check(*copy == 1, "it is there"); },
                [copy = shared] { api::check(*copy == 1, "it is there"); });
  });
}

/// A thread that passes its own copy of a shared_ptr on to another.
TEST_P(PlainMemory, BodiesThatCountAreRefused) {
  expect(ViolationKind::unmodelled_memory, Verdict::broken, [] {
    const auto shared = std::make_shared<int>(1);
    const auto middle = api::spawn([copy = shared] {
      api::join(api::spawn([again = copy] { api::check(*again == 1, "it is there"); }));
    });
    api::join(middle);
  });
}

/// Throws in one thread what is rethrown in another.
TEST_P(PlainMemory, ExceptionsThatGoToOtherThreadsAreRefused) {
  expect(ViolationKind::unmodelled_memory, Verdict::broken, [] {
    std::exception_ptr thrown;
    api::join(api::spawn([&] {
      try {
        throw std::logic_error("text");
      } catch (...) {
        thrown = std::current_exception();
      }
    }));
    try {
      std::rethrow_exception(thrown);
    } catch (const std::logic_error&) {
    }
  });
}

TEST_P(PlainMemory, ExceptionsWithinAThreadAreThrownAnewInEachExecution) {
  const auto body = [] {
    atomic<int> x{0};
    run_threads([&] { x.store(1); },
                [&] {
                  try {
                    if (x.load() == 1) throw std::runtime_error("seen");
                    throw 0;
                  } catch (const std::runtime_error& error) {
                    api::check(std::string(error.what()) == "seen", "it is there");
                  } catch (int none) {
                    api::check(none == x.load() - x.load(), "there was nothing");
                  }
                });
  };
  const Result result = check_body(body, {.model = "sc"});
  EXPECT_EQ(result.verdict, Verdict::violated) << "x may change in between";
  ASSERT_TRUE(result.counterexample);
  EXPECT_EQ(replay(scenario_of("test", body), *result.counterexample).verdict, Verdict::violated);
}

/// A thread that comes to no operation any more tells at its end what it did until then.
TEST(PlainMemoryAtTheEnd, OfASpinIsARace) {
  const auto body = [] {
    Local<Plain> flag;
    run_threads([&] { flag->set(1); },
                [&] {
                  while (flag->get() == 0) {
                  }
                });
  };
  const Result result = check_body(body, {});
  EXPECT_EQ(result.verdict, Verdict::violated);
  ASSERT_TRUE(result.counterexample);
  EXPECT_EQ(result.counterexample->violation->kind, ViolationKind::data_race);
  EXPECT_EQ(replay(scenario_of("test", body), *result.counterexample).verdict, Verdict::violated);
}

#if defined(__x86_64__)
TEST(PlainMemoryReport, NamesTheLine) {
  const auto body = [] {
    Local<Plain> data;
    run_threads([&] { data->set(1); }, [&] { data->get(); });
  };
  const Result result = check_body(body, {});
  ASSERT_TRUE(result.counterexample);
  EXPECT_TRUE(result.counterexample->violation->file.ends_with("plain_memory_test.cpp"));
  const trace::Step& step =
      result.counterexample->steps[result.counterexample->violation->step - 1];
  EXPECT_TRUE(step.text.find("value_") != std::string::npos) << step.text;
  EXPECT_NE(step.function.find("Plain"), std::string::npos);
}
#endif

INSTANTIATE_TEST_SUITE_P(In, PlainMemory, testing::Values("sc", "tso", "ra", "rc11", "cpp20"),
                         [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace heddle
