// A place in the tree of a search, from which it can go on: in this process or in another one.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace heddle::explore {

/// A search does not come to a position again that it was at.
class WrongPosition : public std::runtime_error {
 public:
  WrongPosition()
      : std::runtime_error(
            "the scenario does not come to the same choices again: something that it does differs "
            "from one run to the next") {}
};

/// A point of choice on the way. Its moves are numbered from 0, in the order in which they are
/// tried.
struct Choice {
  std::uint32_t taken = 0;  // the move that the way goes on with
  std::uint32_t end = 0;    // those behind it, before this one, are left to be tried
  std::uint32_t moves = 0;  // how many there are; those from `end` on belong to somebody else

  bool operator==(const Choice&) const = default;
};

/// The points of choice on the way to an end of an execution that was told of, outermost first.
/// What is left from there is all behind it: the moves of each that are left. A search is
/// deterministic, so the position says all; what is left of two positions that were split adds up.
class Position {
 public:
  Position() = default;
  explicit Position(std::vector<Choice> choices) : choices_(std::move(choices)) {}
  /// Where a search begins: all is left.
  static Position beginning();
  bool is_beginning() const { return is_beginning_; }

  const std::vector<Choice>& choices() const { return choices_; }
  /// Whether nothing is left.
  bool is_done() const;
  /// The fraction of the whole tree that is left, 0 to 1, if all moves of a choice weigh the same.
  double left() const;
  /// Takes away the farther half of what is left at the outermost choice that has anything left, at
  /// least one move, and returns it. Not to be asked for if nothing is left, nor at the beginning.
  Position split();
  /// The same place, with all that is behind it, whoever it belongs to.
  Position with_all_behind() const;

  /// As text: "taken/end/moves" of each choice, separated by blanks, or "beginning".
  std::string text() const;
  /// Throws std::invalid_argument, quoting the choice, if the text is none that text() writes.
  static Position from(const std::string& text);

  bool operator==(const Position&) const = default;

 private:
  std::vector<Choice> choices_;
  bool is_beginning_ = false;
};

}  // namespace heddle::explore
