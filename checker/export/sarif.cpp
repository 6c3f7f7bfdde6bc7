#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "checker/export/exports.hpp"
#include "checker/export/outline.hpp"
#include "checker/report/safe_text.hpp"

namespace heddle::exports {
namespace {

using Json = nlohmann::ordered_json;
using trace::Trace;

/// Plain text of a message: braces would be placeholders, brackets links.
Json message(const std::string& text) {
  std::string escaped;
  for (const char c : report::safe(text)) {
    if (c == '{' || c == '}') escaped += c;
    if (c == '[' || c == ']' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return {{"text", escaped}};
}

/// A file name as a relative URI reference.
std::string uri(const std::string& path) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  static constexpr std::string_view plain = "-._~/";
  std::string result;
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return result;
}

Json location(const std::string& file, std::uint32_t line, const std::string& text) {
  Json json = Json::object();
  if (!file.empty()) {
    json["physicalLocation"]["artifactLocation"]["uri"] = uri(file);
    if (line != 0) json["physicalLocation"]["region"]["startLine"] = line;
  }
  if (!text.empty()) json["message"] = message(text);
  return json;
}

/// "data race" -> "data-race"
std::string rule_id(ViolationKind kind) {
  std::string id{to_string(kind)};
  std::replace(id.begin(), id.end(), ' ', '-');
  return id;
}

class Result {
 public:
  explicit Result(const Trace& trace)
      : trace_(trace), violation_(*trace.violation), outline_(outline(trace)) {}

  Json json(std::size_t rule) const {
    Json json;
    json["ruleId"] = rule_id(violation_.kind);
    json["ruleIndex"] = rule;
    json["level"] = violation_.kind == ViolationKind::step_bound ? "note" : "error";
    json["message"] = message(sentence());
    json["locations"] = Json::array({location(violation_.file, violation_.line, "")});
    const Json related = related_locations();
    if (!related.empty()) json["relatedLocations"] = related;
    if (!trace_.steps.empty()) {
      json["codeFlows"] = Json::array({Json{{"threadFlows", thread_flows()}}});
    }
    // The same violation at the same place is the same finding, however it came about.
    json["partialFingerprints"]["heddle/1"] =
        report::safe(trace_.scenario + "|" + trace_.model + "|" + violation_.file + "|" +
                     std::string(to_string(violation_.kind)) + "|" + violation_.message);
    json["properties"]["scenario"] = report::safe(trace_.scenario);
    json["properties"]["model"] = report::safe(trace_.model);
    return json;
  }

 private:
  std::string sentence() const {
    std::string text = std::string(to_string(violation_.kind)) + ": " + violation_.message + ".";
    for (const trace::Reason& reason : trace_.explanation) text += " " + reason.text;
    return text;
  }

  Json step_location(std::uint32_t number) const {
    const trace::Step& step = trace_.steps[number - 1];
    return location(step.file, step.line,
                    "step " + std::to_string(number) + ", " + outline_.labels[step.thread] + ": " +
                        outline_.texts[number - 1]);
  }

  Json related_locations() const {
    std::vector<std::uint32_t> steps;
    if (violation_.other_step != 0) steps.push_back(violation_.other_step);
    for (const trace::Reason& reason : trace_.explanation) {
      steps.insert(steps.end(), reason.steps.begin(), reason.steps.end());
    }
    std::sort(steps.begin(), steps.end());
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    Json list = Json::array();
    for (const std::uint32_t step : steps) {
      list.push_back(step_location(step));
      list.back()["id"] = step;
    }
    return list;
  }

  const char* importance(std::uint32_t number) const {
    if (number == violation_.step || number == violation_.other_step) return "essential";
    return outline_.shows(number) ? "important" : "unimportant";
  }

  Json thread_flows() const {
    std::map<std::uint32_t, Json> flows;
    for (std::uint32_t number = 1; number <= trace_.steps.size(); ++number) {
      const std::uint32_t thread = trace_.steps[number - 1].thread;
      auto [flow, fresh] = flows.try_emplace(thread);
      if (fresh) flow->second["id"] = outline_.labels[thread];
      flow->second["locations"].push_back({{"location", step_location(number)},
                                           {"executionOrder", number},
                                           {"importance", importance(number)}});
    }
    Json list = Json::array();
    for (auto& [thread, flow] : flows) list.push_back(std::move(flow));
    return list;
  }

  const Trace& trace_;
  const trace::Violation& violation_;
  Outline outline_;
};

}  // namespace

std::string sarif(const std::vector<Trace>& traces) {
  Json rules = Json::array();
  Json results = Json::array();
  std::map<std::string, std::size_t> places;  // of the rules
  for (const Trace& trace : traces) {
    if (!trace.violation) continue;
    const std::string id = rule_id(trace.violation->kind);
    const auto [place, fresh] = places.emplace(id, rules.size());
    if (fresh) {
      rules.push_back(
          {{"id", id}, {"shortDescription", {{"text", to_string(trace.violation->kind)}}}});
    }
    results.push_back(Result(trace).json(place->second));
  }
  Json driver;
  driver["name"] = "heddle";
  driver["version"] = HEDDLE_VERSION;
  driver["rules"] = rules;
  Json run;
  run["tool"]["driver"] = driver;
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = results;
  Json log;
  log["$schema"] =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  log["version"] = "2.1.0";
  log["runs"] = Json::array({run});
  return log.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace heddle::exports
