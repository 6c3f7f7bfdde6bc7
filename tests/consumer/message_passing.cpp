// A flag published with release and read with acquire carries the data behind it.
#include <heddle/scenario.hpp>

namespace {

namespace hd = heddle::api;

void message_passing() {
  hd::var<int> data(0);
  hd::atomic<bool> ready(false);
  const auto writer = hd::spawn([&] {
    data.set(42);
    ready.store(true, std::memory_order_release);
  });
  const auto reader = hd::spawn([&] {
    if (ready.load(std::memory_order_acquire)) hd::check(data.get() == 42, "the data arrived");
  });
  hd::join(writer);
  hd::join(reader);
}

}  // namespace

HEDDLE_SCENARIO(.name = "message_passing",
                .summary = "A reader that sees the flag sees the data behind it",
                .expectations = {{.complete = 2}}, .body = message_passing);
