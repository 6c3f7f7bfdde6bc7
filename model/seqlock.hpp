// Sequence locks: readers that start again when a writer has come in between.
#pragma once

#include "model/bitops.hpp"
#include "model/locks.hpp"
#include "model/names.hpp"

namespace kernel {

/// seqlock_t (include/linux/seqlock.h, 6.1). What it protects must be read with READ_ONCE() and
/// written with WRITE_ONCE(): a reader whose values are thrown away reads them all the same.
struct seqlock_t {
  explicit seqlock_t(const char* label) {
    name_member(lock.lock, label, "lock");
    name_member(sequence, label, "sequence");
  }

  spinlock_t lock;
  heddle::api::atomic<unsigned> sequence{0};  // odd while a writer is at work
};

/// Begins to read, when no writer is at work: read_seqbegin (include/linux/seqlock.h, 6.1).
inline unsigned read_seqbegin(const seqlock_t& s) {
  return smp_cond_load_acquire(s.sequence, [](unsigned sequence) { return sequence % 2 == 0; });
}

/// Whether what was read since read_seqbegin() must be read again: read_seqretry
/// (include/linux/seqlock.h, 6.1).
inline bool read_seqretry(const seqlock_t& s, unsigned begin) {
  smp_rmb();
  return READ_ONCE(s.sequence) != begin;
}

inline void write_seqlock(seqlock_t& s) {
  spin_lock(s.lock);
  WRITE_ONCE(s.sequence, READ_ONCE(s.sequence) + 1);
  smp_wmb();
}

inline void write_sequnlock(seqlock_t& s) {
  smp_wmb();
  WRITE_ONCE(s.sequence, READ_ONCE(s.sequence) + 1);
  spin_unlock(s.lock);
}

}  // namespace kernel
