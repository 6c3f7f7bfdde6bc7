#include "checker/jobs/searcher.hpp"

#include <utility>

namespace heddle::jobs {
namespace {

explore::Branches difference(explore::Branches now, const explore::Branches& before) {
  now.opened -= before.opened;
  now.executions -= before.executions;
  now.refused -= before.refused;
  now.conflicts -= before.conflicts;
  now.lost -= before.lost;
  return now;
}

}  // namespace

Searcher::Searcher(explore::Execution& execution, double seconds, bool counts_all,
                   std::function<bool()> is_asked)
    : execution_(execution),
      root_(execution.mark()),
      seconds_(seconds),
      counts_all_(counts_all),
      is_asked_(std::move(is_asked)) {}

Searcher::~Searcher() { execution_.undo(root_); }

void Searcher::begin(const Position& position) {
  execution_.undo(root_);
  search_.emplace(execution_, static_cast<explore::Listener&>(*this));
  search_->start_at(position);
  before_ = {};
}

Slice Searcher::run() {
  slice_ = {};
  gives_ = false;
  end_ = Clock::now() +
         std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds_));
  if (seconds_ == 0) search_->pause();
  const bool is_done = search_->run();
  slice_.more.branches = difference(search_->branches(), before_.branches);
  slice_.more.events = search_->events() - before_.events;
  slice_.more.bounds = execution_.program().bounds();
  before_.branches = search_->branches();
  before_.events = search_->events();
  if (is_done) return slice_;
  const bool goes_on = !slice_.needs_one && (!slice_.has_finding || counts_all_);
  if (goes_on && (gives_ || is_asked_()) && !search_->position().is_done()) {
    slice_.given = search_->split();
  }
  slice_.left = search_->position();
  return slice_;
}

bool Searcher::on_violation(explore::Execution&, const explore::Found& found) {
  const bool is_too_long = found.kind == ViolationKind::step_bound;
  slice_.needs_one = is_too_long || (counts_all_ && is_broken(found.kind));
  slice_.has_finding = !slice_.needs_one;
  return slice_.has_finding && counts_all_;
}

bool Searcher::on_execution(explore::Execution&, explore::Ending ending) {
  std::uint64_t& count = slice_.more.endings[static_cast<std::size_t>(ending)];
  ++count;
  return true;
}

bool Searcher::on_tick() {
  if (is_asked_()) gives_ = true;
  if (gives_ || Clock::now() >= end_) search_->pause();
  return true;
}

}  // namespace heddle::jobs
