// In place of ours, where a scenario is compiled against Relacy: its suites with our extensions.
#pragma once

#include "tests/relacy/upstream/upstream_api.hpp"

namespace rl {

/// Threads that a suite starts by itself need to be announced.
template <typename Derived, thread_id_t count>
struct heddle_suite : test_suite<Derived, count> {
  static constexpr thread_id_t dynamic_thread_count = 2;
  heddle_suite() { heddle::api::thread_count = 0; }
};

/// Runs a suite as a scenario's body does, in Relacy.
template <typename Suite>
bool run(test_params& params) {
  return simulate<Suite>(params);
}

}  // namespace rl

#define test_suite heddle_suite
