// Two threads count, with and without a read-modify-write.
#include <heddle/scenario.hpp>

namespace {

namespace hd = heddle::api;

template <typename Add>
void count(Add add) {
  hd::atomic<int> counter(0);
  const auto work = [&] { add(counter); };
  const auto first = hd::spawn(work);
  const auto second = hd::spawn(work);
  hd::join(first);
  hd::join(second);
  hd::check(counter.load() == 2, "both were counted");
}

}  // namespace

// Two orders of two read-modify-writes.
HEDDLE_SCENARIO(
        .name = "counter", .summary = "Two threads count",
        .expectations = {{.models = {"sc", "cpp20"}, .complete = 2}},
        .body = [] { count([](auto& counter) { counter.fetch_add(1); }); });

HEDDLE_SCENARIO(
        .name = "lost_updates", .summary = "Two threads load and store",
        .expectations = {{.verdict = heddle::Verdict::violated}},
        .body = [] { count([](auto& counter) { counter.store(counter.load() + 1); }); });
