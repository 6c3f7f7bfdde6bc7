// The reads that decided: had they read another write, every property would have been kept.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/explain/explain.hpp"

namespace heddle::explain {

struct Decisive {
  std::uint32_t read;    // the step
  std::uint32_t source;  // the step whose write it could have read
  trace::Trace passing;  // what happens then
};

/// At most `most` decisive reads, the latest first.
std::vector<Decisive> decisive_reads(const trace::Trace& trace, const FreshExecution& fresh,
                                     std::size_t most);

/// "step 70 (...) read null from step 69; had it read ..., nothing would have gone wrong"
trace::Reason in_words(const trace::Trace& trace, const Decisive& decisive);

}  // namespace heddle::explain
