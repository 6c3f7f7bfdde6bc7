// Threads that sleep until they are woken, as a word in the program's memory: a bit for each.
#pragma once

#include <cstdint>

#include "checker/hooks/word.hpp"

namespace heddle::hooks {

/// Why a sleep ended.
enum class Wake : std::uint8_t { notified, spurious, timed_out };

/// A set of sleeping threads, of 64 at most. Waking orders no memory: the lock around it does.
/// Which one is woken is explored; so are wake-ups for no reason and time-outs, each once per
/// thread, set and execution.
class Sleepers {
 public:
  Sleepers(void* address, const Caller& caller) : word_(address, 8, caller), key_(address) {}

  /// Makes the calling thread one that can be woken. It must sleep next.
  void enqueue() const;
  Wake sleep(bool timed, bool may_be_spurious) const;
  /// Wakes up to `most` of those among `which`; returns how many.
  std::uint32_t wake(std::uint32_t most, std::uint64_t which = ~std::uint64_t{0}) const;
  std::uint32_t wake_all() const;
  /// Takes the calling thread out again in place of sleeping. Returns false if it was woken.
  bool leave() const;

 private:
  Word word_;
  const void* key_;
};

}  // namespace heddle::hooks
