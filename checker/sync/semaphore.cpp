#include "checker/sync/semaphore.hpp"

#include "checker/sync/wait_queue.hpp"

namespace heddle::sync {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr auto acquire = std::memory_order_acquire;
constexpr std::uint32_t any = ~std::uint32_t{0};
constexpr std::uint32_t minus_one = ~std::uint32_t{0};

}  // namespace

std::uint32_t semaphore::give(std::uint32_t amount, api::Site site) {
  return count_.fetch_add(amount, std::memory_order_release, site);
}

void semaphore::take(api::Site site) {
  api::await([&] { return count_.add_if_set(any, minus_one, acquire, relaxed, site).added; }, site);
}

bool semaphore::try_take(api::Site site, bool weak) {
  return count_.add_if_set(any, minus_one, acquire, relaxed, site, weak).added;
}

bool semaphore::take_timed(api::Site site) {
  std::uint64_t& timed_out = thread_value(this, site);
  if (timed_out == 0 ? api::choose_end_of_wait(2, site) == 1
                     : api::gives_up_again(one_time_out, site)) {
    timed_out = 1;
    // Where there is something to take, it would have taken it.
    api::skip_unless(count_.load(relaxed, site) == 0, site);
    return false;
  }
  api::await_or_give_up(
      [&] { return count_.add_if_set(any, minus_one, acquire, relaxed, site).added; }, site);
  return true;
}

std::uint32_t semaphore::count(api::Site site) const { return count_.load(relaxed, site); }

}  // namespace heddle::sync
