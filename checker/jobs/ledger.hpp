// Which parts of a search are done, by whom the others are, and what they have counted.
#pragma once

#include <cstdint>
#include <list>
#include <optional>

#include "checker/explore/position.hpp"
#include "checker/jobs/totals.hpp"

namespace heddle::jobs {

using explore::Position;

/// A part of the search tree: what is left of a position, and what was counted on the way there.
struct Part {
  std::uint64_t id = 0;
  Position position;
  Totals totals = {};
  bool is_taken = false;     // by a worker
  std::uint32_t deaths = 0;  // of workers, at this position
  /// Where the first slice begins in which a violation was found.
  std::optional<Position> finding = {};
  bool is_closed = false;  // nothing of it is wanted any more

  bool is_open() const { return !is_closed && !position.is_done(); }
};

/// All parts of one search, in the order in which a search by one process would come to them. No
/// branch belongs to two of them, and none to nobody.
class Ledger {
 public:
  /// Parts of a search, at least one, as they were left; the ledger numbers them. `counts_all`: the
  /// search goes on behind violations.
  Ledger(std::list<Part> parts, bool counts_all);

  /// The first part that is open and not taken; null if there is none. The caller takes it.
  Part* next();
  Part& operator[](std::uint64_t id);
  bool contains(std::uint64_t id) const;

  /// A part has come to `position` and has counted `more` on the way. It has given away `given`.
  void advance(std::uint64_t id, Position position, const Totals& more,
               const std::optional<Position>& given);
  /// A violation is in the slice of the part that begins at its position. If the search ends there,
  /// the part is closed and those behind it are dropped.
  void note_finding(std::uint64_t id);

  /// Whether parts are open.
  bool is_open() const;
  /// The fraction of the tree that is left, 0 to 1.
  double left() const;
  /// The sums of all parts.
  Totals totals() const;
  /// The first slice in which a violation was found, and the sums of all that comes before it: of
  /// the search of one process that has come there.
  struct Finding {
    Position from;
    Totals before;
  };
  std::optional<Finding> finding() const;
  const std::list<Part>& parts() const { return parts_; }

 private:
  void merge_done();

  std::list<Part> parts_;
  std::uint64_t next_id_ = 1;
  bool counts_all_;
};

}  // namespace heddle::jobs
