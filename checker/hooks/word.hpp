// An atomic word in the program's memory, as the checker's functions for threads use it.
#pragma once

#include <cstdint>

#include "checker/hooks/exported.hpp"

namespace heddle::hooks {

/// 4 or 8 bytes of an object of the program's: a mutex, a semaphore. What the program finds there
/// is the functions' own business, but for its initial value.
class Word {
 public:
  Word(void* address, std::uint8_t bytes, const Caller& caller)
      : address_(address), bytes_(bytes), caller_(caller) {}

  const api::Site& site() const { return explored()->site_of(caller_); }

  std::uint64_t load(std::memory_order order) const;
  void store(std::uint64_t value, std::memory_order order) const;
  std::uint64_t exchange(std::uint64_t value, std::memory_order order) const;
  std::uint64_t fetch_add(std::uint64_t value, std::memory_order order) const;
  std::uint64_t fetch_sub(std::uint64_t value, std::memory_order order) const;
  std::uint64_t fetch_and(std::uint64_t value, std::memory_order order) const;
  std::uint64_t fetch_or(std::uint64_t value, std::memory_order order) const;
  bool compare_exchange(std::uint64_t expected, std::uint64_t value, std::memory_order order) const;

  struct Addition {
    std::uint64_t read;
    bool added;
  };
  /// Adds if no bit of the mask is set, or if one is. What it reads if not is read relaxed.
  Addition add_if_clear(std::uint64_t mask, std::uint64_t amount, std::memory_order order) const;
  Addition add_if_set(std::uint64_t mask, std::uint64_t amount, std::memory_order order) const;

  /// The word as a mutex: 0 is free.
  void lock() const;
  bool try_lock() const;
  void unlock() const;

 private:
  api::Op op(api::OpKind kind, std::memory_order order) const;
  bool is_op(bool writes) const;
  std::uint64_t own() const;
  void set_own(std::uint64_t value) const;
  Addition add_if(api::OpKind kind, std::uint64_t mask, std::uint64_t amount,
                  std::memory_order order) const;
  std::uint64_t update(api::OpKind kind, std::uint64_t value, std::memory_order order) const;

  void* address_;
  std::uint8_t bytes_;
  Caller caller_;
};

}  // namespace heddle::hooks
