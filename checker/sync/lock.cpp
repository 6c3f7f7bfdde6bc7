#include "checker/sync/lock.hpp"

#include "checker/api/control.hpp"
#include "checker/sync/thread_value.hpp"
#include "checker/sync/wait_queue.hpp"

namespace heddle::sync {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr auto acquire = std::memory_order_acquire;

// The word: readers, a writer, traits, which never change, and how often a writer has left.
constexpr std::uint64_t one_reader = 1;
constexpr std::uint64_t writer = 1 << 16;
constexpr std::uint64_t busy = 2 * writer - 1;
constexpr std::uint64_t recursive = 1 << 20;
constexpr std::uint64_t shared = 1 << 21;
constexpr std::uint64_t shared_recursive = 1 << 22;
constexpr std::uint64_t all_traits = recursive | shared | shared_recursive;
constexpr int writers_shift = 40;
constexpr std::uint64_t one_writer_left = std::uint64_t{1} << writers_shift;

// What a thread notes: how often it has the lock, how, and what the word said when it got it.
constexpr std::uint64_t depth = 0xffff;
constexpr std::uint64_t exclusive = writer;
constexpr std::uint64_t time_out_used = std::uint64_t{1} << 30;

// What keeps a thread out, and what it adds when it gets in.
constexpr std::uint64_t barred_by(Ownership kind) {
  return kind == Ownership::exclusive ? busy : writer;
}
constexpr std::uint64_t share_of(Ownership kind) {
  return kind == Ownership::exclusive ? writer : one_reader;
}

}  // namespace

owner_lock::owner_lock(LockTraits traits, api::Site site)
    : word_((traits.recursive ? recursive : 0) | (traits.shared ? shared : 0) |
                (traits.shared_recursive ? shared_recursive : 0),
            site),
      last_writer_(0, site) {}

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

/// Asks for the lock once. `weak`: may also fail for no reason.
owner_lock::Word::Addition owner_lock::ask(Ownership kind, api::Site site, bool weak) {
  const auto order = kind == Ownership::exclusive ? acquire : relaxed;
  return word_.add_if_clear(barred_by(kind), share_of(kind), order, relaxed, site, weak);
}

/// What a thread does that got the lock when the word was `word`.
void owner_lock::enter(Ownership kind, std::uint64_t word, api::Site site) {
  // A reader is ordered behind the writer that left last, and so behind all writers.
  const std::uint64_t writers = word >> writers_shift;
  if (kind == Ownership::shared && writers != 0) {
    api::await([&] { return last_writer_.load(acquire, site) == writers; }, site);
  }
  std::uint64_t& mine = thread_value(this, site);
  mine = (mine & time_out_used) | (word & all_traits) | (writers << writers_shift) |
         (kind == Ownership::exclusive ? exclusive : 0) | 1;
}

void owner_lock::lock(Ownership kind, api::Site site) {
  if (has_already(kind, site)) return;
  std::uint64_t word = 0;
  api::await(
      [&] {
        const auto [read, added] = ask(kind, site, false);
        word = read;
        return added;
      },
      site);
  enter(kind, word, site);
}

bool owner_lock::try_lock(Ownership kind, api::Site site, bool weak) {
  if (has_already(kind, site)) return true;
  const auto [word, added] = ask(kind, site, weak);
  if (added) enter(kind, word, site);
  return added;
}

bool owner_lock::lock_timed(Ownership kind, api::Site site) {
  if (has_already(kind, site)) return true;
  std::uint64_t& mine = thread_value(this, site);
  const bool is_first = (mine & time_out_used) == 0;
  if (is_first ? api::choose_end_of_wait(2, site) == 1 : api::gives_up_again(one_time_out, site)) {
    mine |= time_out_used;
    // Where the lock is free, it would have got it.
    api::skip_unless((word_.load(relaxed, site) & barred_by(kind)) != 0, site);
    return false;
  }
  std::uint64_t word = 0;
  api::await_or_give_up(
      [&] {
        const auto [read, added] = ask(kind, site, false);
        word = read;
        return added;
      },
      site);
  enter(kind, word, site);
  return true;
}

void owner_lock::unlock(Ownership kind, api::Site site) {
  std::uint64_t& mine = thread_value(this, site);
  const bool has_exclusive = (mine & exclusive) != 0;
  if ((mine & depth) == 0 || has_exclusive != (kind == Ownership::exclusive)) {
    api::fail(api::Failure::unlocked_unowned, "a thread unlocks what it does not hold", site);
  }
  if ((--mine & depth) != 0) return;
  constexpr auto release = std::memory_order_release;
  if (has_exclusive && (mine & shared) != 0) {
    last_writer_.store((mine >> writers_shift) + 1, release, site);
    word_.fetch_add(one_writer_left - writer, release, site);
  } else {
    word_.fetch_sub(share_of(kind), release, site);
  }
}

bool owner_lock::owned(api::Site site) const {
  const std::uint64_t mine = thread_value(this, site);
  return (mine & depth) != 0 && (mine & exclusive) != 0;
}

}  // namespace heddle::sync
