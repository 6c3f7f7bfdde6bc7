#include "checker/jobs/parallel.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

#include "checker/jobs/pool.hpp"
#include "checker/jobs/searcher.hpp"

namespace heddle::jobs {
namespace {

using explore::Ending;
using explore::Execution;
using explore::Explorer;
using explore::Found;
using explore::Listener;

std::string describe_status(int status) {
  if (!WIFSIGNALED(status)) return "with exit status " + std::to_string(WEXITSTATUS(status));
  const char* name = sigabbrev_np(WTERMSIG(status));
  return name != nullptr ? std::string("by SIG") + name
                         : "by signal " + std::to_string(WTERMSIG(status));
}

/// Hands on what it is told.
class Relay : public Listener {
 public:
  explicit Relay(Listener& listener) : listener_(listener) {}
  virtual ~Relay() = default;

  bool on_violation(Execution& execution, const Found& found) override {
    return listener_.on_violation(execution, found);
  }
  bool on_execution(Execution& execution, Ending ending) override {
    return listener_.on_execution(execution, ending);
  }
  bool on_tick() override { return listener_.on_tick(); }

 private:
  Listener& listener_;
};

/// Has a search pause when its time is over: not while the listener looks for a simpler violation
/// than the first.
class Alone final : public Relay {
 public:
  Alone(Listener& listener, const ParallelOptions& options)
      : Relay(listener),
        options_(options),
        end_(Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                std::chrono::duration<double>(options.alone))),
        looks_(options.looks) {}

  void watch(Explorer& search) { search_ = &search; }

  bool on_violation(Execution& execution, const Found& found) override {
    is_met_ = true;
    return Relay::on_violation(execution, found);
  }
  bool on_execution(Execution& execution, Ending ending) override {
    if (is_met_ && looks_ > 0) --looks_;
    if (options_.alone == 0) pause();
    return Relay::on_execution(execution, ending);
  }
  bool on_tick() override {
    if (Clock::now() >= end_) pause();
    return Relay::on_tick();
  }

 private:
  using Clock = std::chrono::steady_clock;

  void pause() {
    const bool looks = is_met_ && (looks_ > 0 || !options_.ways.counts_all);
    if (!looks) search_->pause();
  }

  const ParallelOptions& options_;
  Clock::time_point end_;
  std::uint64_t looks_;
  bool is_met_ = false;
  Explorer* search_ = nullptr;
};

/// Sees to it that a violation that is known to come is reached, whatever the time; then, where
/// all are counted, lets the listener look at some more executions and ends the search.
class First final : public Relay {
 public:
  First(Listener& listener, bool counts_all, std::uint64_t looks)
      : Relay(listener), counts_all_(counts_all), looks_(looks) {}

  bool on_violation(Execution& execution, const Found& found) override {
    is_met_ = true;
    return Relay::on_violation(execution, found) && (!counts_all_ || looks_ > 0);
  }
  bool on_execution(Execution& execution, Ending ending) override {
    ++told_[static_cast<std::size_t>(ending)];
    const bool goes_on = Relay::on_execution(execution, ending);
    return goes_on && (!counts_all_ || !is_met_ || --looks_ > 0);
  }
  bool on_tick() override { return !is_met_ || Relay::on_tick(); }

  const explore::EndingCounts& told() const { return told_; }

 private:
  bool counts_all_;
  std::uint64_t looks_;
  bool is_met_ = false;
  explore::EndingCounts told_ = {};
};

}  // namespace

Parallel::Parallel(Execution& execution, Listener& listener, const ParallelOptions& options)
    : execution_(execution), listener_(listener), options_(options) {}

bool Parallel::run() {
  if (!options_.parts.empty()) return share(options_.parts);
  if (options_.save) return share({{.position = Position::beginning()}});
  const Execution::Mark root = execution_.mark();
  Alone alone(listener_, options_);
  Explorer search(execution_, alone);
  alone.watch(search);
  const bool is_done = explore(search);
  if (is_done || !search.has_paused()) return is_done;
  std::list<Part> rest = {{.position = search.position()}};
  execution_.undo(root);
  return share(std::move(rest));
}

/// Explores here, told to the listener.
bool Parallel::explore(Explorer& search) {
  search_ = &search;
  const bool is_done = search.run();
  search_ = nullptr;
  own_.branches.add(search.branches());
  own_.events += search.events();
  return is_done;
}

/// Has the workers do the parts.
bool Parallel::share(std::list<Part> parts) {
  Ledger ledger(std::move(parts), options_.ways.counts_all);
  saved_ = std::chrono::steady_clock::now();
  Pool pool(options_.workers, execution_, options_.ways);
  ledger_ = &ledger;
  for (;;) {
    switch (pool.run(ledger, [this] { return looks_around(); })) {
      case Pool::End::done:
        return conclude(ledger, true);
      case Pool::End::stopped:
        save();
        return conclude(ledger, false);
      case Pool::End::look:
        if (do_slice(ledger, pool.part())) break;
        [[fallthrough]];
      case Pool::End::one:
        return start_again();
      case Pool::End::deadly:
        refusal_ = "a part of the search ends each process that explores it (" +
                   describe_status(pool.status()) +
                   "); with --jobs 1 that can be seen in a debugger";
        save();
        return conclude(ledger, false);
    }
  }
}

bool Parallel::looks_around() {
  const std::chrono::duration<double> age = std::chrono::steady_clock::now() - saved_;
  if (age.count() >= options_.save_every) save();
  return listener_.on_tick();
}

void Parallel::save() {
  if (options_.save) options_.save(ledger_->parts());
  saved_ = std::chrono::steady_clock::now();
}

/// Does a slice here, in which something becomes known that all must know: workers are forked anew
/// behind it. May throw what ended the worker. Returns false if only one process can do the search.
bool Parallel::do_slice(Ledger& ledger, std::uint64_t id) {
  Searcher searcher(execution_, options_.ways.slice, options_.ways.counts_all,
                    [] { return false; });
  searcher.begin(ledger[id].position);
  const Slice slice = searcher.run();
  if (slice.needs_one) return false;
  if (slice.has_finding) ledger.note_finding(id);
  const bool is_first = slice.has_finding && !options_.ways.counts_all;
  if (!is_first) ledger.advance(id, slice.left, slice.more, slice.given);
  return true;
}

/// Behind an execution that is too long all others are kept short, so what is found depends on the
/// sequence: one process explores them all.
bool Parallel::start_again() {
  ledger_ = nullptr;
  listener_.on_restart();
  own_ = {};
  Explorer search(execution_, listener_);
  return explore(search);
}

/// Tells the listener of what was found.
bool Parallel::conclude(const Ledger& ledger, bool is_done) {
  ledger_ = nullptr;
  const auto finding = ledger.finding();
  if (!options_.ways.counts_all) {
    if (!finding) {
      tell(ledger.totals());
      return is_done;
    }
    tell(finding->before);
    First first(listener_, false, 0);
    Explorer search(execution_, first);
    search.start_at(finding->from.with_all_behind());
    return explore(search);
  }
  Totals totals = ledger.totals();
  if (finding) {
    // These executions are told one by one; they are among those that were counted.
    First first(listener_, true, options_.looks);
    Explorer search(execution_, first);
    search.start_at(finding->from.with_all_behind());
    search.run();
    for (std::size_t i = 0; i < totals.endings.size(); ++i) {
      totals.endings[i] -= std::min(totals.endings[i], first.told()[i]);
    }
  }
  tell(totals);
  return is_done;
}

void Parallel::tell(const Totals& totals) {
  own_.add(totals);
  listener_.on_counted(totals.endings);
  for (const std::string& bound : totals.bounds) execution_.program().note_bound(bound.c_str());
}

double Parallel::explored() const {
  if (search_ != nullptr) return search_->explored();
  return ledger_ != nullptr ? 1 - ledger_->left() : 1;
}

explore::EndingCounts Parallel::counted_elsewhere() const {
  return ledger_ != nullptr ? ledger_->totals().endings : explore::EndingCounts{};
}

}  // namespace heddle::jobs
