#include "checker/session/session.hpp"

#include <chrono>
#include <stdexcept>

#include "checker/consistency/model.hpp"
#include "checker/explore/explorer.hpp"

namespace heddle {
namespace {

using Clock = std::chrono::steady_clock;

Settings complete_settings(const Scenario& scenario, const Settings& given) {
  Settings settings;
  for (const Parameter& parameter : scenario.parameters) {
    settings[parameter.name] = parameter.initial;
  }
  for (const auto& [name, value] : given) {
    const auto known = settings.find(name);
    if (known == settings.end()) {
      std::string names;
      for (const Parameter& parameter : scenario.parameters) {
        names += (names.empty() ? "" : ", ") + parameter.name;
      }
      throw std::invalid_argument("scenario '" + scenario.name + "' has no parameter '" + name +
                                  "'; " + (names.empty() ? "it has none" : "there are: " + names));
    }
    for (const Parameter& parameter : scenario.parameters) {
      if (parameter.name != name) continue;
      if (value < parameter.least || value > parameter.most) {
        throw std::invalid_argument("parameter '" + name + "' must be " +
                                    std::to_string(parameter.least) + " to " +
                                    std::to_string(parameter.most) + ", not " +
                                    std::to_string(value));
      }
    }
    known->second = value;
  }
  return settings;
}

class Run final : public explore::Listener {
 public:
  Run(const Options& options, const ProgressHook& progress)
      : options_(options), progress_(progress), start_(Clock::now()) {}

  bool on_violation(explore::Execution&, const explore::Found& found) override {
    if (!first_) first_ = found;
    return options_.keep_going;
  }

  bool on_execution(explore::Execution&, explore::Ending ending) override {
    if (ending == explore::Ending::complete) ++counts_.complete;
    if (ending == explore::Ending::blocked) ++counts_.blocked;
    if (ending == explore::Ending::violating) ++counts_.violating;
    return true;
  }

  Counts counts_;
  std::optional<explore::Found> first_;

 private:
  const Options& options_;
  const ProgressHook& progress_;
  Clock::time_point start_;
};

}  // namespace

const std::vector<std::string>& model_names() { return consistency::model_names(); }

Result check(const Scenario& scenario, const Options& options, const ProgressHook& progress) {
  const Settings settings = complete_settings(scenario, options.settings);
  const auto model = consistency::make_model(options.model);
  const auto start = Clock::now();
  runtime::Program program(scenario.body, settings);
  explore::Execution execution(program, *model, options.spurious, options.steps);
  Run run(options, progress);
  explore::Explorer explorer(execution, run);
  explorer.run();
  Result result;
  result.executions = run.counts_;
  result.events = execution.events();
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  result.verdict = run.first_ ? Verdict::violated : Verdict::holds;
  if (run.first_) result.reason = run.first_->message;
  return result;
}

}  // namespace heddle
