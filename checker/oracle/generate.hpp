// Small programs by the thousand: all of a kind, or drawn from a seed.
#pragma once

#include <cstdint>
#include <functional>

#include "checker/oracle/program.hpp"

namespace heddle::oracle {

/// Families of programs over two atomic locations, each modulo the order of threads and the names
/// of the locations. Every location that a program uses is used by two threads and written at least
/// once.
enum class Family : std::uint8_t {
  /// 2 threads of 1 or 2 accesses: loads, stores, fetch_add, exchange and cas, each access with
  /// each order. 57,200 programs.
  two_by_two,
  /// 2 threads, one of 3 instructions, the other of 1 to 3: loads, stores, fetch_add, and a fence
  /// between two of them.
  /// Each thread is all relaxed, all release/acquire, or all seq_cst; its fence has any order.
  /// 105,768 programs.
  two_by_three,
  /// 3 threads of 1 or 2 accesses: loads, stores and fetch_add. Threads as in two_by_three. 98,744
  /// programs.
  three_by_two,
  /// Message passing through a release sequence: a thread writes data (atomic or plain) and then
  /// once or twice to an object, another thread may write to it as well, and a third reads it and
  /// then the data; stores, fetch_add, exchange and cas, orders and fences that matter for it.
  /// 38,880 programs, which tell rc11 from cpp20. Not modulo any symmetry.
  release_sequences,
  /// The programs of two_by_two with only relaxed and seq_cst orders, one of whose threads is two:
  /// the first access comes before the creation of a thread that does the second, or is done by a
  /// thread that is joined before the second. Up to four such programs for each.
  /// 23,848 programs.
  split_threads,
};

/// Calls `use` with every program of the family, always in the same order.
/// Returns how many there are.
std::uint64_t for_each_program(Family family, const std::function<void(const Program&)>& use);

/// for_each_program(Family::release_sequences, use).
std::uint64_t for_each_release_sequence(const std::function<void(const Program&)>& use);

/// for_each_program(Family::split_threads, use).
std::uint64_t for_each_split_thread(const std::function<void(const Program&)>& use);

/// A program of 2 or 3 threads with up to 4 steps each, drawn from `seed`: atomics with any orders,
/// fences, guards; depending on the seed also a plain variable, awaits, up to two mutexes, and
/// threads that other threads spawn and may join. It may race or deadlock, but it unlocks what it
/// locks. The same on every platform.
Program random_program(std::uint64_t seed);

/// What the programs below have beside accesses, guards and checks.
enum class Feature : std::uint8_t {
  loops,     // spin and compare_exchange loops, awaits
  locks,     // lock, try_lock and unlock, at times in wrong hands
  timeouts,  // waits that give up, choices, assumptions
  lives,     // objects that a thread destroys, values that were never written
  spurious,  // compare_exchange that fails for no reason
  all,       // but for spurious failures
};

/// A program of 2 or 3 threads, drawn from `seed`, that uses the feature. It may have every flaw.
Program random_program(Feature feature, std::uint64_t seed);

}  // namespace heddle::oracle
