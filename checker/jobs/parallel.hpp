// The exhaustive search by several processes, as a strategy.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>

#include "checker/explore/strategy.hpp"
#include "checker/jobs/ledger.hpp"
#include "checker/jobs/worker.hpp"

namespace heddle::jobs {

struct ParallelOptions {
  unsigned workers = 2;
  Ways ways = {};
  /// Seconds that this process explores alone first: what is done by then needs no workers, and
  /// what is known of the threads by then need not be found out by each.
  double alone = 0.05;
  /// With Ways::counts_all: in how many executions from the first violation on the listener looks
  /// for the simplest one.
  std::uint64_t looks = 0;
  /// Begins with these, which an earlier search has left; none: with the whole.
  std::list<Part> parts = {};
  /// Is told of all parts every so many seconds, and when the search stops before its end; null:
  /// nobody wants to know. Then there is no time alone: what is explored alone is no part.
  std::function<void(const std::list<Part>&)> save = {};
  double save_every = 60;
};

/// The same search as explore::Explorer's. The listener is told of the same violations, and counts
/// the same, however many workers there are: executions that come before the first violation are
/// only counted; that one, and those behind it that the listener wants to see, are explored again
/// here, from a position close to it.
class Parallel final : public explore::Strategy {
 public:
  Parallel(explore::Execution& execution, explore::Listener& listener,
           const ParallelOptions& options);

  bool run() override;
  double explored() const override;
  std::uint64_t lost() const override { return own_.branches.lost + own_.branches.unexplained(); }
  std::string refusal() const override { return refusal_; }
  std::uint64_t events() const override { return own_.events; }
  explore::EndingCounts counted_elsewhere() const override;

 private:
  bool explore(explore::Explorer& search);
  bool share(std::list<Part> parts);
  bool looks_around();
  void save();
  bool conclude(const Ledger& ledger, bool is_done);
  void tell(const Totals& totals);
  bool do_slice(Ledger& ledger, std::uint64_t id);
  bool start_again();

  explore::Execution& execution_;
  explore::Listener& listener_;
  ParallelOptions options_;
  Totals own_;  // told to the listener
  const explore::Explorer* search_ = nullptr;
  const Ledger* ledger_ = nullptr;
  std::string refusal_;
  std::chrono::steady_clock::time_point saved_;
};

}  // namespace heddle::jobs
