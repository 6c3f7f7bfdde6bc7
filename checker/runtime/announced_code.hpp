// What is known of a program whose code announces its accesses to memory: one compiled with
// -fsanitize=thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "checker/runtime/scenario_memory.hpp"

namespace heddle::runtime {

/// The program that is explored, and what its debug information says. All of it belongs to the main
/// thread until others touch it.
class AnnouncedCode {
 public:
  AnnouncedCode() = default;
  AnnouncedCode(const AnnouncedCode&) = delete;
  AnnouncedCode& operator=(const AnnouncedCode&) = delete;
  virtual ~AnnouncedCode() = default;

  /// Where that is in the source. The result must live as long as this.
  virtual const api::Site& site_of(const Caller& caller) = 0;

  /// Makes this memory the program's data, with what it holds now.
  void add_data(std::span<std::byte> memory);
  bool has(const void* address) const;
  /// Calls use(memory) with each part of the data.
  template <typename Use>
  void for_data(Use use) const {
    for (const Data& data : data_) use(std::span<const std::byte>(data.memory));
  }
  /// Puts back what the data held at first.
  void restore() const;

 private:
  struct Data {
    std::span<std::byte> memory;
    std::vector<std::byte> copy;
  };
  std::vector<Data> data_;
};

}  // namespace heddle::runtime
