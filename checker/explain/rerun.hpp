// Runs the execution of a trace again: with one read flipped, or on behind the trace's end.
#pragma once

#include <optional>
#include <string>

#include "checker/explain/before.hpp"
#include "checker/explain/explain.hpp"

namespace heddle::explain {

/// Runs the execution of `trace` with step `read` reading from the write of step `source`, which
/// must not be behind it. What is (po + rf)-before the two stays as it is. The rest follows the
/// trace, step by step, as far as the threads do the same and may read the same, and else takes the
/// newest values. Returns the execution if it ends with every property kept.
std::optional<trace::Trace> flipped(const trace::Trace& trace, const Before& before,
                                    std::uint32_t read, std::uint32_t source,
                                    const FreshExecution& fresh);

/// The next write to `object` (as the trace calls it) if the execution of `trace` goes on behind
/// its violation. Empty if none comes.
std::optional<trace::Step> next_write(const trace::Trace& trace, const std::string& object,
                                      const FreshExecution& fresh);

}  // namespace heddle::explain
