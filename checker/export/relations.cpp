#include "checker/export/relations.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace heddle::exports {
namespace {

using trace::Step;
using trace::Trace;

class Collector {
 public:
  explicit Collector(const Trace& trace) : trace_(trace), previous_(trace.threads.size(), 0) {}

  Relations run() {
    for (std::uint32_t number = 1; number <= trace_.steps.size(); ++number) {
      const Step& step = trace_.steps[number - 1];
      if (step.reads_from) relations_.reads_from.push_back({*step.reads_from, number});
      synchronise(number);
      keep_write(number);
      previous_[step.thread] = number;
    }
    order_writes();
    return std::move(relations_);
  }

 private:
  /// The entries by which the step's clock is ahead of its thread, unless one is behind another.
  void synchronise(std::uint32_t number) {
    const Step& step = trace_.steps[number - 1];
    const std::uint32_t previous = previous_[step.thread];
    std::vector<std::uint32_t> fresh;
    for (std::uint32_t thread = 0; thread < step.clock.size(); ++thread) {
      const std::uint32_t known = previous == 0 ? 0 : trace_.steps[previous - 1].clock[thread];
      if (thread != step.thread && step.clock[thread] > known) fresh.push_back(step.clock[thread]);
    }
    for (const std::uint32_t from : fresh) {
      const std::uint32_t thread = trace_.steps[from - 1].thread;
      const bool follows = std::any_of(fresh.begin(), fresh.end(), [&](std::uint32_t other) {
        return other != from && trace_.steps[other - 1].clock[thread] >= from;
      });
      if (!follows) relations_.synchronises.push_back({from, number});
    }
  }

  /// An object's name may come back after its end: then its coherence order is another one.
  void keep_write(std::uint32_t number) {
    const Step& step = trace_.steps[number - 1];
    if (step.object.empty() || step.object_type == "memory" || step.object_type == "mutex") return;
    auto& life = lives_[step.object];
    if (step.operation == "construct" && !writes_[{step.object, life}].empty()) ++life;
    auto& writes = writes_[{step.object, life}];
    if (step.coherence) writes.emplace(*step.coherence, number);
    if (step.reads_from) reads_.push_back({{step.object, life}, number});
  }

  void order_writes() {
    for (const auto& [life, writes] : writes_) {
      std::uint32_t before = 0;
      for (const auto& [position, number] : writes) {
        if (before != 0) relations_.coherence.push_back({before, number});
        before = number;
      }
    }
    for (const auto& [life, number] : reads_) {
      const auto& writes = writes_[life];
      const std::uint32_t from = *trace_.steps[number - 1].reads_from;
      const auto source = std::find_if(writes.begin(), writes.end(),
                                       [from](const auto& write) { return write.second == from; });
      if (source == writes.end()) continue;
      const auto next = std::next(source);
      const bool overwritten = next != writes.end() && next->second != number;
      if (overwritten) relations_.from_read.push_back({number, next->second});
    }
  }

  using Life = std::pair<std::string, std::uint32_t>;  // an object's name, and which one of it

  const Trace& trace_;
  Relations relations_;
  std::vector<std::uint32_t> previous_;  // of each thread: its last step so far
  std::map<std::string, std::uint32_t> lives_;
  std::map<Life, std::map<std::uint32_t, std::uint32_t>> writes_;  // coherence position -> step
  std::vector<std::pair<Life, std::uint32_t>> reads_;
};

}  // namespace

Relations relations(const Trace& trace) { return Collector(trace).run(); }

}  // namespace heddle::exports
