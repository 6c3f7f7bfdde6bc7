// Scenarios that use the checker's API in a way that has no meaning.
#include <cstddef>
#include <new>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::await;
using api::name;
using api::var;

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

/// The write comes before the load, so it is no part of the round that the load begins.
void await_with_writes(bool writes) {
  atomic<int> x{0};
  var<int> p{0};
  run_threads([&x] { x.store(2); },
              [&x, &p, writes] {
                await([&] {
                  writes ? p.set(1) : static_cast<void>(p.get());
                  return x.load() == 2;
                });
              });
}

void spawn_many(int count) {
  for (int i = 0; i < count; ++i) api::spawn([] {});
}

/// The object seen as one of another type, as through a wrong cast or a union.
template <typename As, typename T>
As& as(T& object) {
  return reinterpret_cast<As&>(object);
}

/// Uses an object of type T as one of type As.
template <typename T, typename As>
std::function<void()> mistake(void (*use)(As&)) {
  return [use] {
    T x{0};
    name(x, "x");
    run_threads([&x, use] { use(as<As>(x)); });
  };
}

void lock_atomic() {
  atomic<int> x{0};
  name(x, "x");
  run_threads([&x] { as<api::mutex>(x).lock(); });
}

void end_as_mutex(bool wrong) {
  alignas(8) std::array<std::byte, 8> storage;
  auto* x = new (storage.data()) atomic<int>(0);
  name(*x, "x");
  if (wrong) as<api::mutex>(*x).~mutex();
  x->~atomic();
}

/// What an object is may change from life to life, but not within one.
void reuse_storage(bool ended) {
  alignas(8) std::array<std::byte, 8> storage;
  auto* first = new (storage.data()) atomic<int>(0);
  name(*first, "x");
  if (ended) first->~atomic();
  auto* second = new (storage.data()) var<char>('a');
  api::check(second->get() == 'a', "the second object's value");
  second->~var();
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

std::vector<ErrorCase> wrong_calls() {
  const auto relaxed_store = [] { store_with(relaxed); };
  const auto relaxed_load = [] { load_with(relaxed); };
  constexpr auto both = std::memory_order_acq_rel;
  ErrorCase construction = misuse(
      "construction_in_a_living_object", "constructs 'x' where an object lives already",
      "0 construct x", [] { reuse_storage(false); }, [] { reuse_storage(true); });
  construction.other = "0 construct x";
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
          "failure_acq_rel", "the order of a failed compare_exchange can't be release or acq_rel",
          "1 compare_exchange x", [] { compare_exchange_with(both); },
          [] { compare_exchange_with(relaxed); }),
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
          "await_with_writes", "change nothing", "2 failure", [] { await_with_writes(true); },
          [] { await_with_writes(false); }),
      misuse(
          "more_than_256_threads", "more than 256 threads", "0 spawn", [] { spawn_many(257); },
          [] { spawn_many(255); }),
      construction,
  };
}

/// Mixed atomic and plain accesses, mixed sizes.
std::vector<ErrorCase> mistaken_objects() {
  const auto load_it = mistake<atomic<int>, atomic<int>>([](atomic<int>& x) { x.load(); });
  const auto get_it = mistake<var<int>, var<int>>([](var<int>& x) { x.get(); });
  const auto mistaken = [](std::string name, std::string says, std::string at,
                           std::function<void()> body, std::function<void()> repaired) {
    ErrorCase error = misuse(std::move(name), std::move(says), std::move(at), std::move(body),
                             std::move(repaired));
    error.says.emplace_back("an object is accessed as a whole and in one way");
    error.other = "0 construct x";
    return error;
  };
  return {
      mistaken("plain_read_of_atomic",
               "thread 1 takes 'x' for a plain variable of 4 bytes, but it is an atomic of 4 bytes",
               "1 read x", mistake<atomic<int>, var<int>>([](var<int>& x) { x.get(); }), load_it),
      mistaken("plain_write_of_atomic", "a plain variable of 4 bytes, but it is an atomic",
               "1 write x", mistake<atomic<int>, var<int>>([](var<int>& x) { x.set(1); }), load_it),
      mistaken("atomic_load_of_plain", "an atomic of 4 bytes, but it is a plain variable of 4",
               "1 load x", mistake<var<int>, atomic<int>>([](atomic<int>& x) { x.load(); }),
               get_it),
      mistaken("atomic_add_to_plain", "an atomic of 4 bytes, but it is a plain variable of 4",
               "1 fetch_add x",
               mistake<var<int>, atomic<int>>([](atomic<int>& x) { x.fetch_add(1); }), get_it),
      mistaken("narrow_load", "an atomic of 1 byte, but it is an atomic of 4 bytes", "1 load x",
               mistake<atomic<int>, atomic<char>>([](atomic<char>& x) { x.load(); }), load_it),
      mistaken("wide_store", "an atomic of 8 bytes, but it is an atomic of 4 bytes", "1 store x",
               mistake<atomic<int>, atomic<long>>([](atomic<long>& x) { x.store(1); }), load_it),
      mistaken("narrow_read", "a plain variable of 2 bytes, but it is a plain variable of 4 bytes",
               "1 read x", mistake<var<int>, var<short>>([](var<short>& x) { x.get(); }), get_it),
      mistaken("read_of_another_type",
               "a plain floating-point variable of 8 bytes, but it is a plain", "1 read x",
               mistake<var<long>, var<double>>([](var<double>& x) { x.get(); }), get_it),
      mistaken("lock_of_atomic", "takes 'x' for a mutex, but it is an atomic of 4 bytes",
               "1 lock x", lock_atomic, load_it),
      mistaken(
          "end_of_atomic_as_mutex", "takes 'x' for a mutex, but it is an atomic of 4 bytes",
          "0 destroy x", [] { end_as_mutex(true); }, [] { end_as_mutex(false); }),
  };
}

}  // namespace

std::vector<ErrorCase> misuse_cases() { return joined(wrong_calls(), mistaken_objects()); }

}  // namespace heddle
