// owner_lock: one lock for all kinds that the engine's mutex is not: shared, recursive, timed.
#pragma once

#include "checker/api/atomic.hpp"

namespace heddle::sync {

/// What an owner_lock allows beyond being locked once; all else is reported.
struct LockTraits {
  bool recursive = false;         // the owner may lock it again
  bool shared_recursive = false;  // a reader may lock it shared again
};

enum class Ownership : std::uint8_t { exclusive, shared };

/// A lock with exclusive and shared ownership. Giving it back releases, getting it acquires.
/// Reported: giving back what is not owned, getting it twice where that is not allowed, asking for
/// the other kind of ownership while holding one, destruction while held, deadlock.
///
/// One word counts the readers and says whether there is a writer. Each thread knows by itself what
/// it holds. So readers take turns at the word and are ordered by it, as they are where a processor
/// counts readers; the standard promises less.
class owner_lock {
 public:
  explicit owner_lock(LockTraits traits, api::Site site = api::Site::current());
  ~owner_lock();
  owner_lock(const owner_lock&) = delete;
  owner_lock& operator=(const owner_lock&) = delete;

  void lock(Ownership kind, api::Site site = api::Site::current());
  /// Fails only if the lock is held.
  bool try_lock(Ownership kind, api::Site site = api::Site::current());
  /// As lock(), or returns false once time ran out, which happens only while the lock is held, and
  /// is explored once per thread, lock and execution.
  bool lock_timed(Ownership kind, api::Site site = api::Site::current());
  void unlock(Ownership kind, api::Site site = api::Site::current());

  /// Whether the calling thread owns it exclusively.
  bool owned(api::Site site = api::Site::current()) const;

 private:
  bool has_already(Ownership kind, api::Site site);
  void note(Ownership kind, std::uint32_t word, api::Site site);

  api::atomic<std::uint32_t> word_;
};

}  // namespace heddle::sync
