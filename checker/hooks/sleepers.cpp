#include "checker/hooks/sleepers.hpp"

#include <bit>

#include "checker/api/control.hpp"
#include "checker/api/thread.hpp"
#include "checker/sync/thread_value.hpp"

namespace heddle::hooks {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr std::uint64_t spurious_used = 1;
constexpr std::uint64_t time_out_used = 2;

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

void Sleepers::enqueue() const { word_.fetch_or(bit_of_caller(word_.site()), relaxed); }

Wake Sleepers::sleep(bool timed, bool may_be_spurious) const {
  const api::Site& site = word_.site();
  const std::uint64_t bit = bit_of_caller(site);
  std::uint64_t& used = sync::thread_value(key_, site);
  Wake ways[3] = {Wake::notified};
  std::uint32_t count = 1;
  if (may_be_spurious && (used & spurious_used) == 0) ways[count++] = Wake::spurious;
  if (timed && (used & time_out_used) == 0) ways[count++] = Wake::timed_out;
  const Wake way = count == 1 ? Wake::notified : ways[api::choose(count, site)];
  const auto woken = [&] { return (word_.load(relaxed) & bit) == 0; };
  if (way == Wake::notified) {
    if (timed) {
      api::await_or_give_up(woken, site);
    } else {
      api::await(woken, site);
    }
    return way;
  }
  used |= way == Wake::spurious ? spurious_used : time_out_used;
  api::engine(site).note_bound("at most one time-out and one wake-up for no reason per wait");
  // Where it was woken first, it is as if it had slept on, and that is explored above.
  api::assume(leave(), site);
  return way;
}

bool Sleepers::leave() const {
  const std::uint64_t bit = bit_of_caller(word_.site());
  return (word_.fetch_and(~bit, relaxed) & bit) != 0;
}

std::uint32_t Sleepers::wake(std::uint32_t most, std::uint64_t which) const {
  std::uint32_t woken = 0;
  while (woken < most) {
    const std::uint64_t waiting = word_.load(relaxed) & which;
    if (waiting == 0) break;
    const auto count = static_cast<std::uint32_t>(std::popcount(waiting));
    const std::uint64_t bit = nth_bit(waiting, count == 1 ? 0 : api::choose(count, word_.site()));
    // Another thread may have woken that one in between.
    if ((word_.fetch_and(~bit, relaxed) & bit) != 0) ++woken;
  }
  return woken;
}

std::uint32_t Sleepers::wake_all() const {
  if (word_.load(relaxed) == 0) return 0;
  return static_cast<std::uint32_t>(std::popcount(word_.exchange(0, relaxed)));
}

}  // namespace heddle::hooks
