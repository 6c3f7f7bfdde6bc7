#include "checker/orders/search.hpp"

#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "checker/orders/choices.hpp"

namespace heddle::orders {
namespace {

constexpr auto strongest = std::memory_order_seq_cst;

class Search {
 public:
  Search(const Scenario& scenario, const Options& options, const Result& as_written,
         const SearchHook& progress)
      : scenario_(scenario), options_(options), progress_(progress), spent_(as_written.seconds) {
    options_.keep_going = false;  // only verdicts are of interest here, no counterexamples
    options_.simplest = 0;
    options_.explain = false;
    options_.list_orders = true;
    options_.on_complete = {};
    report_.strengthens = as_written.verdict == Verdict::violated;
    add_sites(as_written);
  }

  Report run() {
    const double before = spent_;
    if (!report_.strengthens) {
      weaken();
    } else if (strengthen()) {
      weaken();
    }
    report_.sites = uses_.size();
    report_.seconds = spent_ - before;
    return std::move(report_);
  }

 private:
  std::memory_order least(const OrderSite& site) const {
    return report_.strengthens ? site.written : std::memory_order_relaxed;
  }
  std::memory_order present(const OrderSite& site) const {
    const auto change = current_.find(site);
    return change == current_.end() ? site.written : change->second;
  }
  /// Sets one order of an assignment, which lists only what is not as written.
  static void set(OrderChanges& orders, const OrderSite& site, std::memory_order order) {
    if (order == site.written) {
      orders.erase(site);
    } else {
      orders[site] = order;
    }
  }

  void add_sites(const Result& result);
  std::vector<OrderSite> sites() const;
  void stop(const std::string& reason);
  Verdict explore(const OrderChanges& orders);
  Verdict check_one(const Options& options);
  bool strengthen();
  bool holds_with_strongest();
  void weaken();
  void weaken_part(const std::vector<OrderSite>& sites, std::size_t first, std::size_t last);
  bool weaken_singly();
  void finish();

  const Scenario& scenario_;
  Options options_;
  const SearchHook& progress_;
  Report report_;
  std::map<OrderSite, OrderUse> uses_;
  OrderChanges current_;                        // it holds with these, once weaken() begins
  std::map<OrderChanges, Verdict> known_ = {};  // incomplete: a limit was hit
  double spent_;
  bool stopped_ = false;   // nothing more may be explored
  bool doubtful_ = false;  // since the last pass began, an exploration hit a limit
};

void Search::add_sites(const Result& result) {
  for (const OrderUse& use : result.orders) {
    const auto [entry, fresh] = uses_.try_emplace(use.site, use);
    if (fresh) continue;
    std::set<std::string> names(use.objects.begin(), use.objects.end());
    names.insert(entry->second.objects.begin(), entry->second.objects.end());
    entry->second.objects = {names.begin(), names.end()};
  }
}

std::vector<OrderSite> Search::sites() const {
  std::vector<OrderSite> sites;
  for (const auto& [site, use] : uses_) sites.push_back(site);
  return sites;
}

void Search::stop(const std::string& reason) {
  stopped_ = true;
  report_.reason = reason;
}

/// The verdict with these orders; incomplete if that is not known.
Verdict Search::explore(const OrderChanges& orders) {
  const auto [entry, fresh] = known_.try_emplace(orders, Verdict::incomplete);
  if (fresh) {
    Options options = options_;
    options.orders = orders;
    entry->second = check_one(options);
  }
  doubtful_ |= entry->second == Verdict::incomplete;
  return entry->second;
}

Verdict Search::check_one(const Options& options) {
  if (!stopped_ && progress_ && !progress_({report_.explorations, {}})) stop("interrupted");
  if (!stopped_ && options.seconds > 0 && spent_ >= options.seconds) {
    stop("the limit of --seconds was reached");
  }
  if (stopped_) return Verdict::incomplete;
  Options limited = options;
  if (options.seconds > 0) limited.seconds = options.seconds - spent_;
  const Result result = check(scenario_, limited, [this](const Progress& progress) {
    if (progress_ && !progress_({report_.explorations, progress})) stop("interrupted");
    return !stopped_;
  });
  spent_ += result.seconds;
  if (result.verdict == Verdict::incomplete && !stopped_) {
    report_.reason = result.reason;
    if (options.seconds > 0 && spent_ >= options.seconds) {
      stop("the limit of --seconds was reached");
    }
  }
  if (stopped_) return Verdict::incomplete;
  ++report_.explorations;
  // A violating execution may come to places that no longer exist once it is ruled out.
  if (report_.strengthens || result.verdict == Verdict::holds) add_sites(result);
  if (result.verdict == Verdict::broken) {
    report_.reason = result.counterexample->violation->message;
  }
  return result.verdict;
}

/// Whether there are orders with which it holds: those are then the present ones.
bool Search::strengthen() {
  // What happens under sc happens under every model, with whatever orders.
  Options options = options_;
  options.model = "sc";
  report_.violated_under_sc = check_one(options) == Verdict::violated;
  if (report_.violated_under_sc) {
    report_.outcome = Outcome::hopeless;
    return false;
  }
  return holds_with_strongest();
}

bool Search::holds_with_strongest() {
  for (;;) {
    for (const OrderSite& site : sites()) set(current_, site, strongest);
    const std::size_t before = uses_.size();
    const Verdict verdict = explore(current_);
    if (verdict == Verdict::holds) return true;
    if (verdict == Verdict::violated && uses_.size() > before) continue;  // it came further
    if (verdict == Verdict::violated) report_.outcome = Outcome::hopeless;
    if (verdict == Verdict::broken) report_.outcome = Outcome::broken;
    return false;
  }
}

void Search::weaken() {
  const std::vector<OrderSite> all = sites();
  weaken_part(all, 0, all.size());
  std::size_t before = 0;
  do {
    before = uses_.size();
    doubtful_ = false;
  } while (weaken_singly() || uses_.size() > before);
  finish();
}

/// Gives a part of the sites their least orders if it holds with them, else looks at its halves.
void Search::weaken_part(const std::vector<OrderSite>& sites, std::size_t first, std::size_t last) {
  OrderChanges trial = current_;
  for (std::size_t i = first; i < last; ++i) set(trial, sites[i], least(sites[i]));
  if (stopped_ || trial == current_) return;
  if (explore(trial) == Verdict::holds) {
    current_ = std::move(trial);
    return;
  }
  if (last - first == 1) return;
  const std::size_t middle = first + (last - first) / 2;
  weaken_part(sites, first, middle);
  weaken_part(sites, middle, last);
}

/// Tries every weaker order of every single site. Returns whether one does.
bool Search::weaken_singly() {
  bool changed = false;
  for (const OrderSite& site : sites()) {
    for (const std::memory_order order : weaker_choices(site, least(site), present(site))) {
      OrderChanges trial = current_;
      set(trial, site, order);
      if (explore(trial) != Verdict::holds) continue;
      current_ = std::move(trial);
      changed = true;
      break;
    }
  }
  return changed;
}

void Search::finish() {
  for (const auto& [site, order] : current_) report_.changes.push_back({uses_.at(site), order});
  report_.minimal = !doubtful_ && !stopped_;
  report_.outcome = !report_.changes.empty() ? Outcome::found
                    : report_.minimal        ? Outcome::none
                                             : Outcome::incomplete;
  if (report_.minimal) report_.reason.clear();
}

}  // namespace

Report search(const Scenario& scenario, const Options& options, const Result& as_written,
              const SearchHook& progress) {
  if (!follows_orders(options.model)) {
    throw std::invalid_argument("the model " + options.model +
                                " takes all accesses alike, whatever orders the program gives");
  }
  if (!is_exhaustive(options.strategy)) {
    throw std::invalid_argument("which orders are needed takes exhaustive explorations");
  }
  if (as_written.verdict != Verdict::holds && as_written.verdict != Verdict::violated) {
    throw std::invalid_argument("which orders are needed takes a verdict for them as written");
  }
  return Search(scenario, options, as_written, progress).run();
}

}  // namespace heddle::orders
