// Runs single instructions on memory that nobody may access.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/memory/instruction.hpp"

namespace heddle::memory {

/// What a fault turned out to be.
enum class Fault : std::uint8_t {
  stepping,   // an access to shared memory that the thread sees: it goes on
  unseen,     // shared memory that the thread does not see yet
  unknown,    // shared memory that was not met before: nothing gives its value yet
  atomic,     // a locked instruction on shared memory
  outside,    // beyond the end of a shared block
  elsewhere,  // no shared memory has to do with it
};

/// Executes an instruction that faulted, with its blocks open and filled with what its thread sees.
///
/// The instruction runs as a copy in memory of the stepper's own, behind which nothing may be
/// executed. So there are two faults for an access: begin() comes at the first, finish() at the one
/// behind the instruction. In between the blocks are open, which no other code notices.
class Stepper {
 public:
  Stepper();
  ~Stepper();
  Stepper(const Stepper&) = delete;
  Stepper& operator=(const Stepper&) = delete;

  /// At a fault: changes the registers so that the handler's return executes the instruction, if
  /// that is possible. Notes its accesses in the views, which must stay where they are until
  /// finish() or close().
  Fault begin(Registers* registers, Areas& areas, std::vector<View>& views);
  /// Where begin() found a block that is unseen, or left at the end.
  std::byte* where() const { return where_; }

  /// At a fault: whether it is the one behind the copy. Then what was written is in the views, and
  /// the handler's return goes on in the thread's code.
  bool finish(Registers* registers);

  /// Closes what is open. Also where the instruction is given up.
  void close();

 private:
  /// A part of an access that lies in one block.
  struct Piece {
    View* view = nullptr;
    Access access;
  };

  Fault check(Areas& areas, std::vector<View>& views);
  Fault check(const Access& access, Areas& areas, std::vector<View>& views);
  void open();
  bool copy(Registers* registers);
  void go_on(Registers* registers) const;
  void take();

  std::byte* copies_ = nullptr;  // an executable page and a closed one; null if that can't be had
  std::byte* copies_end_ = nullptr;
  Instruction instruction_;
  std::array<Piece, 12> pieces_ = {};
  std::size_t piece_count_ = 0;
  const std::byte* code_ = nullptr;  // of the instruction itself
  std::uint64_t rounds_ = 0;         // left of a repeated one
  std::byte* where_ = nullptr;
};

}  // namespace heddle::memory
