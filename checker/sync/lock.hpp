// owner_lock: one lock for all kinds that the engine's mutex is not: shared, recursive, timed.
#pragma once

#include "checker/api/atomic.hpp"

namespace heddle::sync {

/// What an owner_lock allows beyond being locked once; all else is reported.
struct LockTraits {
  bool recursive = false;         // the owner may lock it again
  bool shared = false;            // it may be shared
  bool shared_recursive = false;  // a reader may lock it shared again
};

enum class Ownership : std::uint8_t { exclusive, shared };

/// A lock with exclusive and shared ownership. Giving it back releases, getting it acquires.
/// Reported: giving back what is not owned, getting it twice where that is not allowed, asking for
/// the other kind of ownership while holding one, destruction while held, deadlock.
///
/// One word counts the readers and says whether there is a writer. Each thread knows by itself what
/// it holds. Readers take turns at the word, but it orders them only with writers: what one reader
/// does under the lock, another one may not rely on ([thread.sharedmutex.requirements]).
class owner_lock {
 public:
  explicit owner_lock(LockTraits traits, api::Site site = api::Site::current());
  ~owner_lock();
  owner_lock(const owner_lock&) = delete;
  owner_lock& operator=(const owner_lock&) = delete;

  void lock(Ownership kind, api::Site site = api::Site::current());
  /// Fails if the lock is held; if it is `weak`, also for no reason, as the standard allows for
  /// most kinds: that is explored on request (option --spurious).
  bool try_lock(Ownership kind, api::Site site = api::Site::current(), bool weak = false);
  /// As lock(), or returns false once time ran out, which happens only while the lock is held, and
  /// is explored once per thread, lock and execution.
  bool lock_timed(Ownership kind, api::Site site = api::Site::current());
  void unlock(Ownership kind, api::Site site = api::Site::current());

  /// Whether the calling thread owns it exclusively.
  bool owned(api::Site site = api::Site::current()) const;

 private:
  using Word = api::atomic<std::uint64_t>;

  bool has_already(Ownership kind, api::Site site);
  Word::Addition ask(Ownership kind, api::Site site, bool weak);
  void enter(Ownership kind, std::uint64_t word, api::Site site);

  Word word_;
  // How often a writer has left a lock that may be shared. A reader waits for the value that it
  // knows of.
  Word last_writer_;
};

}  // namespace heddle::sync
