#include "checker/sync/wait_queue.hpp"

#include <bit>

#include "checker/api/control.hpp"
#include "checker/api/thread.hpp"
#include "checker/sync/thread_value.hpp"

namespace heddle::sync {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr std::uint64_t spurious_used = 1;
constexpr std::uint64_t time_out_used = 2;
constexpr const char* one_spurious =
    "at most one wake-up for no reason per thread and condition variable";

std::uint64_t bit_of_caller(const api::Site& site) {
  const std::uint32_t thread = api::thread_index();
  if (thread >= 64) api::misuse("only threads 0 to 63 may wait to be woken, not thread 64", site);
  return std::uint64_t{1} << thread;
}

/// The `n`-th bit that is set in `word`, counted from 0.
std::uint64_t nth_bit(std::uint64_t word, std::uint32_t n) {
  for (; n > 0; --n) word &= word - 1;
  return word & (~word + 1);
}

}  // namespace

void wait_queue::enqueue(api::Site site) { waiting_.fetch_or(bit_of_caller(site), relaxed, site); }

Wake wait_queue::sleep(SleepOptions options, api::Site site) {
  const std::uint64_t bit = bit_of_caller(site);
  std::uint64_t& used = thread_value(this, site);
  Wake ways[3] = {Wake::notified};
  std::uint32_t count = 1;
  const bool time_out_again = options.timed && (used & time_out_used) != 0;
  if (options.may_be_spurious && (used & spurious_used) == 0) ways[count++] = Wake::spurious;
  if (options.may_be_spurious && (used & spurious_used) != 0) api::note_bound(one_spurious, site);
  if (options.timed && !time_out_again) ways[count++] = Wake::timed_out;
  Wake way = count == 1 ? Wake::notified : ways[api::choose_end_of_wait(count, site)];
  if (way == Wake::notified && time_out_again && api::gives_up_again(one_time_out, site)) {
    way = Wake::timed_out;
  }
  const auto woken = [&] { return (waiting_.load(relaxed, site) & bit) == 0; };
  if (way == Wake::notified) {
    if (options.timed) {
      api::await_or_give_up(woken, site);
    } else {
      api::await(woken, site);
    }
    return way;
  }
  used |= way == Wake::spurious ? spurious_used : time_out_used;
  // Where it was woken first, it is as if it had slept on, and that is explored above.
  api::skip_unless(leave(site), site);
  return way;
}

bool wait_queue::leave(api::Site site) {
  const std::uint64_t bit = bit_of_caller(site);
  return (waiting_.fetch_and(~bit, relaxed, site) & bit) != 0;
}

std::uint32_t wait_queue::wake(std::uint32_t most, api::Site site) {
  std::uint32_t woken = 0;
  while (woken < most) {
    const std::uint64_t waiting = waiting_.load_for_sleepers(site);
    if (waiting == 0) break;
    const auto count = static_cast<std::uint32_t>(std::popcount(waiting));
    const std::uint64_t bit = nth_bit(waiting, count == 1 ? 0 : api::choose(count, site));
    // Another thread may have woken that one in between.
    if ((waiting_.take_sleepers(~bit, site) & bit) != 0) ++woken;
  }
  return woken;
}

std::uint32_t wait_queue::wake_all(api::Site site) {
  if (waiting_.load_for_sleepers(site) == 0) return 0;
  return static_cast<std::uint32_t>(std::popcount(waiting_.take_sleepers(0, site)));
}

}  // namespace heddle::sync
