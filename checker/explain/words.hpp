// How explanations speak of steps.
#pragma once

#include <cstdint>
#include <string>

#include "checker/trace/trace.hpp"

namespace heddle::explain {

/// "step 7 (2 nfsd: x.store)"
std::string step_in_words(const trace::Trace& trace, std::uint32_t number);

/// A sentence: the first letter becomes a capital, a full stop is added.
std::string sentence(std::string text);

/// How the thread of a step is called.
std::string thread_of(const trace::Trace& trace, std::uint32_t number);

/// What a read of the write of step `source` gives: "null from step 69 (1 kworker)" or "0, the
/// initial value".
std::string value_from(const trace::Trace& trace, std::uint32_t source);

}  // namespace heddle::explain
