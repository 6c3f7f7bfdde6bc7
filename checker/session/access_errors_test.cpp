// Data races and reads of what was never written.
#include <cstddef>
#include <new>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::await;
using api::name;
using api::var;

void write_and_read() {
  var<int> data{0};
  name(data, "data");
  run_threads([&] { data.set(1); }, [&] { data.get(); });
}

void two_writes() {
  var<int> data{0};
  name(data, "data");
  run_threads([&] { data.set(1); }, [&] { data.set(2); });
}

void read_and_write() {
  var<int> data{0};
  name(data, "data");
  run_threads([&] { data.get(); }, [&] { data.set(2); });
}

void two_writes_under_a_lock() {
  var<int> data{0};
  api::mutex m;
  const auto add = [&] {
    m.lock();
    data.set(data.get() + 1);
    m.unlock();
  };
  run_threads(add, add);
  api::check(data.get() == 2, "both additions arrive");
}

/// Only a weak model calls it a race: under sc every access orders.
void publish(std::memory_order stores, std::memory_order loads) {
  var<int> data{0};
  atomic<bool> flag{false};
  name(data, "data");
  run_threads(
      [&] {
        data.set(1);
        flag.store(true, stores);
      },
      [&] {
        await([&] { return flag.load(loads); });
        api::check(data.get() == 1, "the data is there");
      });
}

/// The object itself is made by one thread and found by the other.
void publish_object(std::memory_order stores, std::memory_order loads) {
  atomic<var<int>*> place{nullptr};
  run_threads(
      [&] {
        auto* object = new var<int>(7);
        name(*object, "object");
        place.store(object, stores);
      },
      [&] {
        var<int>* object = nullptr;
        await([&] {
          object = place.load(loads);
          return object != nullptr;
        });
        api::check(object->get() == 7, "the object is complete");
      });
  delete place.load();
}

/// A fence orders what the flag alone does not.
void publish_with_fences() {
  var<int> data{0};
  atomic<bool> flag{false};
  run_threads(
      [&] {
        data.set(1);
        api::fence(release);
        flag.store(true, relaxed);
      },
      [&] {
        await([&] { return flag.load(relaxed); });
        api::fence(acquire);
        api::check(data.get() == 1, "the data is there");
      });
}

void read_uninitialised_atomic(bool initialise) {
  atomic<int> x;
  name(x, "x");
  if (initialise) x.store(3);
  run_threads([&] { api::check(x.load() == 3, "3 is read"); });
}

void add_to_uninitialised_atomic(bool initialise) {
  atomic<unsigned> x;
  name(x, "x");
  if (initialise) x.store(0);
  run_threads([&] { x.fetch_add(1); });
}

void read_uninitialised_var(bool initialise) {
  var<int> v;
  name(v, "v");
  if (initialise) v.set(3);
  run_threads([&] { api::check(v.get() == 3, "3 is read"); });
}

/// The reader may come before the first store.
void read_before_first_store(bool waits) {
  atomic<int> x;
  atomic<bool> ready{false};
  name(x, "x");
  run_threads(
      [&] {
        x.store(1, relaxed);
        ready.store(true, release);
      },
      [&] {
        if (waits) await([&] { return ready.load(acquire); });
        api::check(x.load(relaxed) == 1, "1 is read");
      });
}

struct Pair {
  int a = 0;
  int b = 0;
  int c = 0;
};

/// A value larger than a machine word: read as a whole or not at all.
void write_pair(bool locks) {
  var<Pair> pair{Pair{}};
  api::mutex m;
  name(pair, "pair");
  const auto locked = [&](auto action) {
    if (locks) m.lock();
    action();
    if (locks) m.unlock();
  };
  run_threads([&] { locked([&] {
                      pair.set({1, 1, 1});
                    }); },
              [&] {
                locked([&] {
                  const Pair seen = pair.get();
                  api::check(seen.a == seen.b && seen.b == seen.c, "nothing is torn");
                });
              });
}

struct Storage {
  alignas(8) std::array<std::byte, 8> bytes;
};

/// The storage is known to both threads, the object's construction is not ordered.
void use_while_constructed(bool waits) {
  auto* storage = new Storage;
  auto* object = reinterpret_cast<atomic<int>*>(storage);
  atomic<bool> ready{false};
  name(*object, "object");
  run_threads(
      [&] {
        new (object) atomic<int>(1);
        ready.store(true, release);
      },
      [&] {
        if (waits) await([&] { return ready.load(acquire); });
        api::check(object->load(relaxed) == 1, "the object is there");
      });
  object->~atomic();
  delete storage;
}

void use_too_early(bool early) {
  auto* storage = new Storage;
  auto* object = reinterpret_cast<atomic<int>*>(storage);
  name(*object, "object");
  run_threads([&] {
    if (early) object->load();
    new (object) atomic<int>(1);
    api::check(object->load() == 1, "the initial value");
    object->~atomic();
  });
  delete storage;
}

/// Elements 0 and 1 exist.
void use_element(int index) {
  struct Array {
    atomic<int> elements[2] = {1, 1};
    char tail[8] = {};
  };
  auto* array = new Array;
  const volatile int chosen = index;
  if (index > 1) name(*(array->elements + chosen), "beyond");
  run_threads([&] { array->elements[0].store(2); },
              [&] { (array->elements + chosen)->load(relaxed); });
  delete array;
}

std::vector<ErrorCase> races() {
  const auto race = ViolationKind::data_race;
  const std::set<std::string> weak = {"rc11", "cpp20"};
  return {
      {.name = "race_of_write_and_read",
       .kind = race,
       .says = {"thread 2 and thread 1", "'data'", "without happens-before"},
       .at = "2 read data",
       .other = "1 write data",
       .body = write_and_read,
       .repaired = [] { publish(release, acquire); }},
      {.name = "race_of_writes",
       .kind = race,
       .says = {"thread 2 and thread 1", "'data'"},
       .at = "2 write data",
       .other = "1 write data",
       .body = two_writes,
       .repaired = two_writes_under_a_lock},
      {.name = "race_of_read_and_write",
       .kind = race,
       .says = {"thread 2 and thread 1", "'data'"},
       .at = "2 write data",
       .other = "1 read data",
       .body = read_and_write,
       .repaired = publish_with_fences},
      {.name = "race_by_relaxed_store",
       .kind = race,
       .models = weak,
       .says = {"thread 2 and thread 1", "'data'"},
       .at = "2 read data",
       .other = "1 write data",
       .body = [] { publish(relaxed, acquire); },
       .repaired = [] { publish(release, acquire); }},
      {.name = "race_by_relaxed_load",
       .kind = race,
       .models = weak,
       .says = {"thread 2 and thread 1", "'data'"},
       .at = "2 read data",
       .other = "1 write data",
       .body = [] { publish(release, relaxed); },
       .repaired = publish_with_fences},
      {.name = "race_with_construction",
       .kind = race,
       .models = weak,
       .says = {"thread 2 and thread 1", "'object'"},
       .at = "2 read object",
       .other = "1 construct object",
       .body = [] { publish_object(relaxed, relaxed); },
       .repaired = [] { publish_object(release, acquire); }},
  };
}

std::vector<ErrorCase> accesses_outside() {
  const auto outside = ViolationKind::use_after_free;
  return {
      {.name = "race_of_large_values",
       .kind = ViolationKind::data_race,
       .says = {"thread 2 and thread 1", "'pair'"},
       .at = "2 read pair",
       .other = "1 write pair",
       .body = [] { write_pair(false); },
       .repaired = [] { write_pair(true); }},
      {.name = "race_with_construction_in_place",
       .kind = ViolationKind::data_race,
       .says = {"thread 2 and thread 1", "'object'"},
       .at = "2 load object",
       .other = "1 construct object",
       .body = [] { use_while_constructed(false); },
       .repaired = [] { use_while_constructed(true); }},
      {.name = "use_before_construction",
       .kind = outside,
       .says = {"thread 1", "'object'", "does not exist: no object was constructed there before"},
       .at = "1 load object",
       .other = "",
       .body = [] { use_too_early(true); },
       .repaired = [] { use_too_early(false); }},
      {.name = "use_beyond_an_array",
       .kind = outside,
       .says = {"thread 2", "'beyond'", "no object was constructed there before"},
       .at = "2 load beyond",
       .other = "",
       .body = [] { use_element(3); },
       .repaired = [] { use_element(1); }},
  };
}

std::vector<ErrorCase> uninitialised_reads() {
  const auto uninitialised = ViolationKind::uninitialised_read;
  return {
      {.name = "uninitialised_atomic_read",
       .kind = uninitialised,
       .says = {"thread 1", "'x'", "never written"},
       .at = "1 load x",
       .other = "0 construct x",
       .body = [] { read_uninitialised_atomic(false); },
       .repaired = [] { read_uninitialised_atomic(true); }},
      {.name = "uninitialised_atomic_added_to",
       .kind = uninitialised,
       .says = {"thread 1", "'x'", "never written"},
       .at = "1 fetch_add x",
       .other = "0 construct x",
       .body = [] { add_to_uninitialised_atomic(false); },
       .repaired = [] { add_to_uninitialised_atomic(true); }},
      {.name = "uninitialised_var",
       .kind = uninitialised,
       .says = {"thread 1", "'v'", "never written"},
       .at = "1 read v",
       .other = "0 construct v",
       .body = [] { read_uninitialised_var(false); },
       .repaired = [] { read_uninitialised_var(true); }},
      {.name = "read_before_first_store",
       .kind = uninitialised,
       .says = {"thread 2", "'x'", "never written"},
       .at = "2 load x",
       .other = "0 construct x",
       .body = [] { read_before_first_store(false); },
       .repaired = [] { read_before_first_store(true); }},
  };
}

}  // namespace

std::vector<ErrorCase> access_error_cases() {
  return joined(joined(races(), uninitialised_reads()), accesses_outside());
}

}  // namespace heddle
