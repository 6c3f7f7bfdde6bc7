// How the tests of this folder say what is right.
#pragma once

#include <set>
#include <string>

#include "checker/relacy/relacy.hpp"
#include "checker/session/session.hpp"

namespace kernel {

/// Models in which relaxed accesses order nothing, as in the kernel.
inline const std::set<std::string> relaxed_models = {"rc11", "cpp20"};

/// Explores `Suite` under the model, to the first violation.
template <typename Suite>
heddle::Result run_suite(const std::string& model) {
  return heddle::check({.name = "kernel",
                        .summary = "",
                        .parameters = {},
                        .expectations = {},
                        .body = rl::run<Suite>},
                       {.model = model});
}

/// The models under which a violation is found; empty if it holds under all. With `keyword`, one
/// whose message does not have it counts as another one ("cpp20 otherwise"), as do other verdicts.
template <typename Suite>
std::set<std::string> violated_under(const std::string& keyword = "") {
  std::set<std::string> found;
  for (const std::string& model : heddle::model_names()) {
    const heddle::Result result = run_suite<Suite>(model);
    if (result.verdict == heddle::Verdict::holds) continue;
    const bool as_said =
        result.verdict == heddle::Verdict::violated &&
        result.counterexample->violation->message.find(keyword) != std::string::npos;
    found.insert(as_said ? model : model + " otherwise");
  }
  return found;
}

inline std::set<std::string> all_models() {
  return {heddle::model_names().begin(), heddle::model_names().end()};
}

}  // namespace kernel
