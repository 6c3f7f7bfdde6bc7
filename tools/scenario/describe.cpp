#include "tools/scenario/describe.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checker/session/session.hpp"
#include "tools/scenario/outcome.hpp"

namespace heddle::cli {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string describe(const Scenario& scenario) {
  Json json;
  json["schema"] = "heddle.scenario/2";
  json["name"] = scenario.name;
  json["summary"] = scenario.summary;
  json["parameters"] = Json::array();
  for (const Parameter& parameter : scenario.parameters) {
    Json entry;
    entry["name"] = parameter.name;
    entry["initial"] = parameter.initial;
    entry["least"] = parameter.least;
    entry["most"] = parameter.most;
    entry["help"] = parameter.help;
    json["parameters"].push_back(entry);
  }
  json["expectations"] = Json::array();
  for (const Expectation& expectation : scenario.expectations) {
    Json entry;
    entry["settings"] = Json(expectation.settings);
    entry["models"] = expectation.models;
    entry["verdict"] = verdict_name(expectation.verdict);
    entry["complete"] = expectation.complete ? Json(*expectation.complete) : Json(nullptr);
    json["expectations"].push_back(entry);
  }
  json["models"] = model_names();
  return json.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

std::string parameter_help(const Scenario& scenario) {
  if (scenario.parameters.empty()) return "";
  std::string text = "Parameters (--set NAME=VALUE):\n";
  for (const Parameter& parameter : scenario.parameters) {
    text += fmt::format("  {}  {} ({} to {}; default: {})\n", parameter.name, parameter.help,
                        parameter.least, parameter.most, parameter.initial);
  }
  return text;
}

}  // namespace heddle::cli
