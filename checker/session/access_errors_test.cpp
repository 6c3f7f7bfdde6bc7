// Data races and reads of what was never written.
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

std::vector<ErrorCase> access_error_cases() { return joined(races(), uninitialised_reads()); }

}  // namespace heddle
