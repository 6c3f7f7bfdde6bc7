#include "checker/session/checkpointing.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "checker/symbols/fingerprint.hpp"

namespace heddle {
namespace {

const char* yes_or_no(bool value) { return value ? "yes" : "no"; }

/// What differs, as a clause; empty if nothing does.
std::string difference(const std::map<std::string, std::string>& checkpoint,
                       const std::map<std::string, std::string>& run) {
  const auto scenario = checkpoint.find("scenario");
  if (scenario != checkpoint.end() && scenario->second != run.at("scenario")) {
    return "it is of the scenario '" + scenario->second + "'";
  }
  for (const auto& [what, value] : run) {
    const auto found = checkpoint.find(what);
    const std::string other = found == checkpoint.end() ? "" : found->second;
    if (other == value) continue;
    if (what == "program") return "it is of another build of the program";
    return what + " '" + other + "' there, '" + value + "' here";
  }
  return "";
}

}  // namespace

std::map<std::string, std::string> identity_of(const Scenario& scenario, const Options& options,
                                               const Settings& settings) {
  std::string values;
  for (const auto& [name, value] : settings) {
    values += (values.empty() ? "" : " ") + name + "=" + std::to_string(value);
  }
  return {{"scenario", scenario.name},
          {"parameters", values},
          {"model", options.model},
          {"--keep-going", yes_or_no(options.keep_going)},
          {"--spurious", yes_or_no(options.spurious)},
          {"--steps", std::to_string(options.steps)},
          {"program", symbols::fingerprint()}};
}

Checkpointing::Checkpointing(const Options& options, std::map<std::string, std::string> of)
    : options_(options), of_(std::move(of)), file_(options.checkpoint) {
  const std::string text = file_.read();
  if (text.empty()) {
    if (!options.resumes) return;
    file_.remove();
    throw std::runtime_error("there is no checkpoint '" + options.checkpoint + "' to go on with");
  }
  if (!options.resumes) {
    throw std::runtime_error("'" + options.checkpoint +
                             "' is there already: go on with it by --resume, or remove it");
  }
  try {
    resumed_ = jobs::checkpoint_from(text);
  } catch (const std::runtime_error& error) {
    throw std::runtime_error("can't go on with '" + options.checkpoint + "': " + error.what());
  }
  const std::string why_not = difference(resumed_->of, of_);
  seconds_before_ = resumed_->seconds;
  if (why_not.empty()) return;
  throw std::runtime_error("can't go on with '" + options.checkpoint + "': " + why_not);
}

void Checkpointing::join(jobs::ParallelOptions& parallel, runtime::Program& program,
                         const memory::Areas& areas, std::function<double()> seconds) {
  if (resumed_) {
    parallel.parts = resumed_->parts;
    for (const auto& thread : resumed_->threads) {
      program.number_thread(thread.parent, thread.nth, thread.number);
    }
  }
  parallel.save_every = options_.checkpoint_every;
  // What was not reported is not saved.
  parallel.ways.slice = std::min(parallel.ways.slice, options_.checkpoint_every);
  parallel.save = [&, seconds = std::move(seconds)](const std::list<jobs::Part>& parts) {
    save(parts, program, areas, seconds_before_ + seconds());
  };
}

void Checkpointing::save(const std::list<jobs::Part>& parts, const runtime::Program& program,
                         const memory::Areas& areas, double seconds) {
  jobs::Checkpoint checkpoint{
      .of = of_, .seconds = seconds, .areas = areas.records(), .threads = {}, .parts = parts};
  for (const auto& [spawn, number] : program.thread_numbers()) {
    checkpoint.threads.push_back({spawn.first, spawn.second, number});
  }
  try {
    file_.write(jobs::text_of(checkpoint));
  } catch (const std::runtime_error& error) {
    // No reason to end what may have taken hours.
    if (options_.on_problem) options_.on_problem(std::string(error.what()) + "; the run goes on");
  }
}

void Checkpointing::finish() {
  try {
    file_.remove();
  } catch (const std::runtime_error& error) {
    if (options_.on_problem) options_.on_problem(error.what());
  }
}

}  // namespace heddle
