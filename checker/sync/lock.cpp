#include "checker/sync/lock.hpp"

#include "checker/api/control.hpp"
#include "checker/sync/thread_value.hpp"

namespace heddle::sync {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr auto acquire = std::memory_order_acquire;

// The word: readers, a writer, and traits, which never change.
constexpr std::uint32_t one_reader = 1;
constexpr std::uint32_t writer = 1u << 16;
constexpr std::uint32_t busy = 2 * writer - 1;
constexpr std::uint32_t recursive = 1u << 30;
constexpr std::uint32_t shared_recursive = 1u << 31;

// What a thread notes: how often it has the lock, how, and the traits.
constexpr std::uint64_t depth = 0xffff;
constexpr std::uint64_t exclusive = writer;
constexpr std::uint64_t time_out_used = std::uint64_t{1} << 40;

// What keeps a thread out, and what it adds when it gets in.
constexpr std::uint32_t barred_by(Ownership kind) {
  return kind == Ownership::exclusive ? busy : writer;
}
constexpr std::uint32_t share_of(Ownership kind) {
  return kind == Ownership::exclusive ? writer : one_reader;
}

}  // namespace

owner_lock::owner_lock(LockTraits traits, api::Site site)
    : word_((traits.recursive ? recursive : 0u) | (traits.shared_recursive ? shared_recursive : 0u),
            site) {}

owner_lock::~owner_lock() {
  if ((word_.load(relaxed) & busy) != 0) {
    api::fail(api::Failure::destroyed_locked, "a lock is destroyed while it is held");
  }
}

/// Whether the calling thread has the lock and gets it once more. Reports what is not allowed.
bool owner_lock::has_already(Ownership kind, api::Site site) {
  std::uint64_t& mine = thread_value(this, site);
  if ((mine & depth) == 0) return false;
  const bool has_exclusive = (mine & exclusive) != 0;
  if (has_exclusive && kind == Ownership::shared) {
    api::fail(api::Failure::exclusive_to_shared,
              "a thread asks for shared ownership of a lock that it holds exclusively", site);
  }
  if (!has_exclusive && kind == Ownership::exclusive) {
    api::fail(api::Failure::shared_to_exclusive,
              "a thread asks for exclusive ownership of a lock that it shares", site);
  }
  if ((mine & (has_exclusive ? recursive : shared_recursive)) == 0) {
    api::fail(api::Failure::locked_twice, "a thread locks what it holds already", site);
  }
  ++mine;
  return true;
}

void owner_lock::note(Ownership kind, std::uint32_t word, api::Site site) {
  std::uint64_t& mine = thread_value(this, site);
  mine = (mine & time_out_used) | (word & (recursive | shared_recursive)) |
         (kind == Ownership::exclusive ? exclusive : 0) | 1;
}

void owner_lock::lock(Ownership kind, api::Site site) {
  if (has_already(kind, site)) return;
  std::uint32_t word = 0;
  api::await(
      [&] {
        word = word_.add_if_clear(barred_by(kind), share_of(kind), acquire, relaxed, site);
        return (word & barred_by(kind)) == 0;
      },
      site);
  note(kind, word, site);
}

bool owner_lock::try_lock(Ownership kind, api::Site site) {
  if (has_already(kind, site)) return true;
  const std::uint32_t word =
      word_.add_if_clear(barred_by(kind), share_of(kind), acquire, relaxed, site);
  if ((word & barred_by(kind)) != 0) return false;
  note(kind, word, site);
  return true;
}

bool owner_lock::lock_timed(Ownership kind, api::Site site) {
  if (has_already(kind, site)) return true;
  std::uint64_t& mine = thread_value(this, site);
  if ((mine & time_out_used) == 0 && api::choose(2, site) == 1) {
    mine |= time_out_used;
    api::assume((word_.load(relaxed, site) & barred_by(kind)) != 0, site);
    return false;
  }
  std::uint32_t word = 0;
  api::await_or_give_up(
      [&] {
        word = word_.add_if_clear(barred_by(kind), share_of(kind), acquire, relaxed, site);
        return (word & barred_by(kind)) == 0;
      },
      site);
  note(kind, word, site);
  return true;
}

void owner_lock::unlock(Ownership kind, api::Site site) {
  std::uint64_t& mine = thread_value(this, site);
  const bool has_exclusive = (mine & exclusive) != 0;
  if ((mine & depth) == 0 || has_exclusive != (kind == Ownership::exclusive)) {
    api::fail(api::Failure::unlocked_unowned, "a thread unlocks what it does not hold", site);
  }
  if ((--mine & depth) != 0) return;
  word_.fetch_sub(share_of(kind), std::memory_order_release, site);
}

bool owner_lock::owned(api::Site site) const {
  const std::uint64_t mine = thread_value(this, site);
  return (mine & depth) != 0 && (mine & exclusive) != 0;
}

}  // namespace heddle::sync
