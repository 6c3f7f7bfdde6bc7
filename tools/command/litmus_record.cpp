#include "tools/command/litmus_record.hpp"

#include <fmt/format.h>

#include "tools/cli/error.hpp"
#include "tools/command/litmus_files.hpp"

namespace heddle::command {
namespace {

using Json = nlohmann::ordered_json;

const char* name_of(litmus::Quantifier quantifier) {
  switch (quantifier) {
    case litmus::Quantifier::exists:
      return "exists";
    case litmus::Quantifier::not_exists:
      return "~exists";
    case litmus::Quantifier::forall:
      return "forall";
  }
  return "";
}

const char* name_of(litmus::Outcome outcome) {
  switch (outcome) {
    case litmus::Outcome::complete:
      return "complete";
    case litmus::Outcome::racy:
      return "racy";
    case litmus::Outcome::incomplete:
      return "incomplete";
    case litmus::Outcome::broken:
      return "broken";
  }
  return "";
}

void add_counts(Json& json, const litmus::Test& test, const litmus::Result& result) {
  json["observation"] = result.observation;
  json["ok"] = result.ok;
  json["positive"] = result.positive;
  json["negative"] = result.negative;
  json["states"] = Json::array();
  for (const litmus::State& state : result.states) {
    json["states"].push_back({{"state", litmus::state_text(test, state)},
                              {"executions", state.executions},
                              {"positive", state.positive}});
  }
}

void add_result(Json& json, const litmus::Test& test, const litmus::Result& result) {
  json["outcome"] = name_of(result.outcome);
  json["name"] = test.name;
  json["quantifier"] = name_of(test.quantifier);
  json["condition"] = litmus::condition_text(test);
  json["text"] = litmus::herd_text(test, result);
  if (result.outcome == litmus::Outcome::complete) return add_counts(json, test, result);
  if (result.outcome == litmus::Outcome::racy) json["observation"] = "Undef";
  const std::string place =
      result.at.line == 0 ? test.file : fmt::format("{}:{}", test.file, result.at.line);
  const char* const what = result.outcome == litmus::Outcome::racy         ? "data race: "
                           : result.outcome == litmus::Outcome::incomplete ? "incomplete: "
                                                                           : "";
  json["message"] = fmt::format("{}: {}{}", place, what, result.message);
}

}  // namespace

Json run_litmus_file(const std::string& file, const litmus::Options& options) {
  Json json;
  json["file"] = file;
  json["outcome"] = "error";
  try {
    // One byte more than is supported tells that the file is too long.
    const litmus::Test test = litmus::parse(read_beginning(file, litmus::longest_file + 1), file);
    add_result(json, test, litmus::run(test, options));
  } catch (const litmus::Error& error) {
    json["message"] = fmt::format("{}:{}", file, error.what());
  } catch (const cli::UsageError& error) {
    json["message"] = error.what();
  }
  return json;
}

std::string to_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace heddle::command
