// Lives of objects that threads end and begin without telling each other.
#include <gtest/gtest.h>

#include <new>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::mutex;
using api::var;

/// An object that does not end its own life.
template <typename T>
struct Place {
  explicit Place(int initial) { new (bytes) T(initial); }

  alignas(T) std::byte bytes[sizeof(T)];

  T& object() { return *std::launder(reinterpret_cast<T*>(bytes)); }
};

/// Whether a violation of this kind is found under the model.
bool finds(ViolationKind kind, const std::string& model, const std::function<void()>& body) {
  const Result result = check_body(body, {.model = model, .wanted = kind});
  return result.counterexample && result.counterexample->violation->kind == kind;
}

/// One thread ends the object's life and says so with `order`; another one constructs it again.
template <typename T>
void reconstruct(std::memory_order write, std::memory_order read) {
  Place<T> place(1);
  atomic<int> f{0};
  run_threads([&] { place.object().~T(), f.store(1, write); },
              [&] {
                api::await([&] { return f.load(read) == 1; });
                new (place.bytes) T(5);
                f.store(2, write);
              });
  place.object().~T();
}

TEST(Lives, AnObjectIsConstructedAgainOnlyBehindTheEndOfTheFormerOne) {
  for (const char* model : {"rc11", "cpp20"}) {
    EXPECT_TRUE(finds(ViolationKind::use_after_free, model, [] {
      reconstruct<atomic<int>>(relaxed, relaxed);
    })) << model;
    EXPECT_TRUE(finds(ViolationKind::use_after_free, model, [] {
      reconstruct<var<int>>(release, relaxed);
    })) << model;
  }
}

TEST(Lives, AnObjectMayBeConstructedAgainBehindTheEndOfTheFormerOne) {
  for (const std::string& model : model_names()) {
    EXPECT_EQ(count_body([] { reconstruct<atomic<int>>(release, acquire); }, model).verdict,
              Verdict::holds)
        << model;
    EXPECT_EQ(count_body([] { reconstruct<var<int>>(release, acquire); }, model).verdict,
              Verdict::holds)
        << model;
  }
}

/// What was an access of the former life is none of the new one.
TEST(Lives, AccessesOfTheFormerLifeDoNotRaceWithTheNewOne) {
  const auto body = [] {
    Place<var<int>> place(1);
    run_threads([&] { place.object().get(); }, [&] { place.object().get(); });
    place.object().~var<int>();
    new (place.bytes) var<int>(2);
    run_threads([&] { place.object().set(3); });
    place.object().~var<int>();
  };
  for (const std::string& model : model_names()) {
    EXPECT_EQ(count_body(body, model).verdict, Verdict::holds) << model;
  }
}

/// Every access must be ordered before the end of the life, by whichever thread it is ended.
TEST(Lives, EveryAccessComesAheadOfTheEnd) {
  for (const bool writes : {false, true}) {
    const auto body = [writes](bool waits) {
      Place<atomic<int>> place(1);
      atomic<int> f{0};
      run_threads(
          [&] {
            if (writes) place.object().store(2, relaxed);
            if (!writes) place.object().load(relaxed);
            f.store(1, release);
          },
          [&] {
            if (waits) api::await([&f] { return f.load(acquire) == 1; });
            place.object().~atomic<int>();
          });
    };
    for (const std::string& model : model_names()) {
      EXPECT_TRUE(finds(ViolationKind::use_after_free, model, [&] { body(false); })) << model;
      EXPECT_EQ(count_body([&] { body(true); }, model).verdict, Verdict::holds) << model;
    }
  }
}

/// A lock that a thread lost is no access: the thread tries again, behind the winner.
TEST(Lives, AMutexMayEndBehindItsLastOwner) {
  const auto body = [] {
    auto* lock = new mutex;
    var<int> left{2};
    const auto leave = [&] {
      lock->lock();
      const int others = left.get() - 1;
      left.set(others);
      lock->unlock();
      if (others == 0) delete lock;
    };
    run_threads(leave, leave);
  };
  for (const std::string& model : model_names()) {
    const Result result = count_body(body, model);
    EXPECT_EQ(result.verdict, Verdict::holds) << model << ": " << result.reason;
    EXPECT_EQ(result.executions.complete, 2U) << model;
  }
}

/// But the owner must have left before the mutex ends.
TEST(Lives, AMutexMustNotEndBehindAnotherThreadsBack) {
  const auto body = [] {
    auto* lock = new mutex;
    run_threads([&] { lock->lock(), lock->unlock(); },
                [&] { lock->lock(), lock->unlock(), delete lock; });
  };
  for (const std::string& model : model_names()) {
    EXPECT_TRUE(finds(ViolationKind::use_after_free, model, body)) << model;
  }
}

}  // namespace
}  // namespace heddle
