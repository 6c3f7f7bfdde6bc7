#include "checker/report/compare.hpp"

#include <algorithm>
#include <compare>
#include <map>
#include <utility>

namespace heddle::report {
namespace {

using trace::Step;
using trace::Trace;

/// A step in a way that does not depend on the order of steps of different threads.
struct Place {
  std::uint32_t thread = 0;
  std::uint32_t index = 0;  // in the thread, from 1; 0: no step

  auto operator<=>(const Place&) const = default;
};

/// A trace seen thread by thread.
class Threads {
 public:
  explicit Threads(const Trace& trace) : trace_(trace), steps_(trace.threads.size()) {
    for (std::uint32_t number = 1; number <= trace.steps.size(); ++number) {
      const Step& step = trace.steps[number - 1];
      steps_[step.thread].push_back(number);
      const auto index = static_cast<std::uint32_t>(steps_[step.thread].size());
      places_.push_back({step.thread, index});
    }
  }

  std::uint32_t count() const { return static_cast<std::uint32_t>(steps_.size()); }

  /// The number of the step at `place`; 0 if there is none.
  std::uint32_t number(Place place) const {
    if (place.thread >= steps_.size() || place.index > steps_[place.thread].size()) return 0;
    return steps_[place.thread][place.index - 1];
  }

  Place place(std::uint32_t number) const { return number == 0 ? Place{} : places_[number - 1]; }

  Place source(const Step& step) const { return place(step.reads_from.value_or(0)); }

  /// Object -> its writes in coherence order. Lives of one name that follow each other count as
  /// one.
  std::map<std::string, std::vector<Place>> coherence() const {
    std::map<std::string, std::map<std::pair<std::uint32_t, std::uint32_t>, Place>> sorted;
    std::map<std::string, std::uint32_t> lives;
    for (std::uint32_t number = 1; number <= trace_.steps.size(); ++number) {
      const Step& step = trace_.steps[number - 1];
      if (!step.coherence) continue;
      if (step.operation == "construct") ++lives[step.object];
      sorted[step.object][{lives[step.object], *step.coherence}] = place(number);
    }
    std::map<std::string, std::vector<Place>> result;
    for (const auto& [object, writes] : sorted) {
      for (const auto& [position, write] : writes) result[object].push_back(write);
    }
    return result;
  }

 private:
  const Trace& trace_;
  std::vector<std::vector<std::uint32_t>> steps_;
  std::vector<Place> places_;
};

bool same_step(const Step& a, const Step& b) {
  return a.operation == b.operation && a.order == b.order && a.object == b.object &&
         a.read == b.read && a.written == b.written && a.success == b.success &&
         a.choice == b.choice && a.spurious == b.spurious && a.waits == b.waits &&
         a.target == b.target && a.note == b.note && a.file == b.file && a.line == b.line;
}

class Comparer {
 public:
  Comparer(const Trace& a, const Trace& b) : a_(a), b_(b), in_a_(a), in_b_(b) {}

  Comparison run() {
    Comparison result;
    const auto both = std::min(a_.steps.size(), b_.steps.size());
    while (result.same_steps < both && same(result.same_steps + 1, result.same_steps + 1)) {
      ++result.same_steps;
    }
    for (std::uint32_t thread = 0; thread < std::max(in_a_.count(), in_b_.count()); ++thread) {
      result.threads.push_back(parting(thread));
    }
    const auto other = in_b_.coherence();
    for (const auto& [object, writes] : in_a_.coherence()) {
      const auto found = other.find(object);
      if (found != other.end() && reordered(writes, found->second)) {
        result.coherence.push_back(object);
      }
    }
    return result;
  }

 private:
  bool same(std::uint32_t a, std::uint32_t b) const {
    const Step& one = a_.steps[a - 1];
    const Step& two = b_.steps[b - 1];
    return in_a_.place(a) == in_b_.place(b) && same_step(one, two) &&
           in_a_.source(one) == in_b_.source(two);
  }

  Parting parting(std::uint32_t thread) const {
    Parting result{.thread = thread};
    for (;;) {
      const Place next{thread, result.same + 1};
      const std::uint32_t a = in_a_.number(next);
      const std::uint32_t b = in_b_.number(next);
      if (a == 0 || b == 0 || !same(a, b)) {
        result.a = a;
        result.b = b;
        return result;
      }
      ++result.same;
    }
  }

  /// Whether the writes that both have are in another order.
  static bool reordered(const std::vector<Place>& a, const std::vector<Place>& b) {
    const auto common = [](const std::vector<Place>& all, std::vector<Place> others) {
      std::vector<Place> result;
      std::sort(others.begin(), others.end());
      std::copy_if(all.begin(), all.end(), std::back_inserter(result), [&](const Place& place) {
        return std::binary_search(others.begin(), others.end(), place);
      });
      return result;
    };
    return common(a, b) != common(b, a);
  }

  const Trace& a_;
  const Trace& b_;
  Threads in_a_;
  Threads in_b_;
};

}  // namespace

bool Comparison::same_execution() const {
  return coherence.empty() && std::none_of(threads.begin(), threads.end(),
                                           [](const Parting& each) { return each.parts(); });
}

Comparison compare(const Trace& a, const Trace& b) { return Comparer(a, b).run(); }

}  // namespace heddle::report
