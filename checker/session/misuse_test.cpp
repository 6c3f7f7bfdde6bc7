// Scenarios that use the checker's API in a way that has no meaning.
#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::await;
using api::name;

void store_with(std::memory_order order) {
  atomic<int> x{0};
  name(x, "x");
  run_threads([&x, order] { x.store(1, order); });
}

void load_with(std::memory_order order) {
  atomic<int> x{0};
  name(x, "x");
  run_threads([&x, order] { x.load(order); });
}

void compare_exchange_with(std::memory_order failure) {
  atomic<int> x{0};
  name(x, "x");
  run_threads([&x, failure] {
    int expected = 0;
    x.compare_exchange_strong(expected, 1, std::memory_order_seq_cst, failure);
  });
}

void join_number(std::uint32_t number) {
  api::spawn([] {});
  api::join(number);
}

void choose_of(std::uint32_t count) {
  run_threads([count] { api::choose(count); });
}

void await_without_loads(bool loads) {
  atomic<bool> x{true};
  bool never = false;
  run_threads([&x, &never, loads] { await([&] { return loads ? x.load() : never; }); });
}

void await_with_effects(bool effects) {
  atomic<int> x{0};
  run_threads([&x] { x.store(2); },
              [&x, effects] { await([&] { return (effects ? x.fetch_add(1) : x.load()) == 2; }); });
}

void spawn_many(int count) {
  for (int i = 0; i < count; ++i) api::spawn([] {});
}

ErrorCase misuse(std::string name, std::string says, std::string at, std::function<void()> body,
                 std::function<void()> repaired) {
  return {.name = std::move(name),
          .kind = ViolationKind::misuse,
          .says = {std::move(says)},
          .at = std::move(at),
          .body = std::move(body),
          .repaired = std::move(repaired)};
}

}  // namespace

std::vector<ErrorCase> misuse_cases() {
  const auto relaxed_store = [] { store_with(relaxed); };
  const auto relaxed_load = [] { load_with(relaxed); };
  constexpr auto both = std::memory_order_acq_rel;
  return {
      misuse(
          "store_acquire", "a store can't have order acquire", "1 store x",
          [] { store_with(acquire); }, relaxed_store),
      misuse(
          "store_acq_rel", "a store can't have order", "1 store x", [] { store_with(both); },
          relaxed_store),
      misuse(
          "load_release", "a load can't have order release", "1 load x", [] { load_with(release); },
          relaxed_load),
      misuse(
          "load_acq_rel", "a load can't have order", "1 load x", [] { load_with(both); },
          relaxed_load),
      misuse(
          "failure_release", "the order of a failed compare_exchange can't be release",
          "1 compare_exchange x", [] { compare_exchange_with(release); },
          [] { compare_exchange_with(acquire); }),
      misuse(
          "join_of_unknown_thread", "joins thread 5, which does not exist", "0 join",
          [] { join_number(5); }, [] { join_number(1); }),
      misuse(
          "choose_of_nothing", "choose(n) needs n >= 1", "1 choose", [] { choose_of(0); },
          [] { choose_of(1); }),
      misuse(
          "await_without_loads", "must load modelled objects", "1 failure",
          [] { await_without_loads(false); }, [] { await_without_loads(true); }),
      misuse(
          "await_with_effects", "change nothing", "2 failure", [] { await_with_effects(true); },
          [] { await_with_effects(false); }),
      misuse(
          "more_than_64_threads", "more than 64 threads", "0 spawn", [] { spawn_many(65); },
          [] { spawn_many(63); }),
  };
}

}  // namespace heddle
