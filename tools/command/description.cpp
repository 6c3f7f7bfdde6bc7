#include "tools/command/description.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace heddle::command {

std::optional<ExpectedResult> Description::expected(
    const std::string& model, const std::map<std::string, std::int64_t>& settings) const {
  const auto all = [this](const std::map<std::string, std::int64_t>& some) {
    auto values = initial;
    for (const auto& [parameter, value] : some) values[parameter] = value;
    return values;
  };
  for (const ExpectedResult& each : expectations) {
    const bool meant = each.models.empty() || std::find(each.models.begin(), each.models.end(),
                                                        model) != each.models.end();
    if (meant && all(each.settings) == all(settings)) return each;
  }
  return std::nullopt;
}

std::optional<Description> parse_description(const std::string& text) {
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("schema") != "heddle.scenario/2") return std::nullopt;
    Description description;
    description.name = json.at("name").get<std::string>();
    description.summary = json.at("summary").get<std::string>();
    for (const auto& parameter : json.at("parameters")) {
      description.initial[parameter.at("name").get<std::string>()] =
          parameter.at("initial").get<std::int64_t>();
    }
    for (const auto& entry : json.at("expectations")) {
      ExpectedResult expected;
      entry.at("settings").get_to(expected.settings);
      entry.at("models").get_to(expected.models);
      entry.at("verdict").get_to(expected.verdict);
      const auto& complete = entry.at("complete");
      if (!complete.is_null()) expected.complete = complete.get<std::uint64_t>();
      description.expectations.push_back(std::move(expected));
    }
    json.at("models").get_to(description.models);
    description.json = text;
    return description;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace heddle::command
