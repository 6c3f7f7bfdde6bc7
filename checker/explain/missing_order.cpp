#include "checker/explain/missing_order.hpp"

#include <algorithm>
#include <vector>

#include "checker/explain/before.hpp"
#include "checker/explain/words.hpp"

namespace heddle::explain {
namespace {

using trace::Reason;
using trace::Step;
using trace::Trace;

/// A read on the way from one step to another, and the write that it reads.
struct Hop {
  std::uint32_t write;
  std::uint32_t read;
};

/// The reads-from edges of a path from `a` to `b` along po and rf: going back from `b`, the latest
/// ones. Empty if there is no path.
std::vector<Hop> path(const Trace& trace, const Before& before, std::uint32_t a, std::uint32_t b) {
  std::vector<Hop> hops;
  std::uint32_t at = b;
  while (at != 0 && trace.steps[at - 1].thread != trace.steps[a - 1].thread) {
    const std::uint32_t source = trace.steps[at - 1].reads_from.value_or(0);
    const bool leads = source != 0 && source < at && before.is_before(a, source) &&
                       trace.steps[source - 1].thread != trace.steps[at - 1].thread;
    if (leads) hops.push_back({source, at});
    at = leads ? source : before.previous(at);
  }
  std::reverse(hops.begin(), hops.end());
  return at == 0 ? std::vector<Hop>{} : hops;
}

bool happens_before(const Trace& trace, std::uint32_t a, std::uint32_t b) {
  const std::vector<std::uint32_t>& clock = trace.steps[b - 1].clock;
  const std::uint32_t thread = trace.steps[a - 1].thread;
  return thread < clock.size() && clock[thread] >= a;
}

bool releases(const Step& step) {
  return step.order == "release" || step.order == "acq_rel" || step.order == "seq_cst";
}

bool acquires(const Step& step) {
  return step.order == "acquire" || step.order == "acq_rel" || step.order == "seq_cst";
}

/// "the write is relaxed, not release"
std::string lacks(const Trace& trace, const Hop& hop) {
  const Step& write = trace.steps[hop.write - 1];
  const Step& read = trace.steps[hop.read - 1];
  std::string text;
  if (!releases(write)) text = "the write is " + write.order + ", not release";
  if (!acquires(read)) {
    text += std::string(text.empty() ? "" : "; ") + "the read is " + read.order + ", not acquire";
  }
  return text.empty() ? "its release sequence ended before" : text;
}

}  // namespace

Reason missing_order(const Trace& trace, std::uint32_t a, std::uint32_t b) {
  const Before before(trace);
  const std::string what = step_in_words(trace, a) + " does not happen before step " +
                           std::to_string(b) + " (" + thread_of(trace, b) + ")";
  for (const Hop& hop : path(trace, before, a, b)) {
    if (happens_before(trace, hop.write, hop.read)) continue;
    return {.text = what + ": step " + std::to_string(hop.read) + " reads from step " +
                    std::to_string(hop.write) +
                    ", but the two do not synchronise: " + lacks(trace, hop),
            .steps = {a, hop.write, hop.read, b}};
  }
  return {.text = what + ": " + thread_of(trace, b) + " reads nothing that " + thread_of(trace, a) +
                  " wrote after it, and no fence or lock orders the two",
          .steps = {a, b}};
}

}  // namespace heddle::explain
