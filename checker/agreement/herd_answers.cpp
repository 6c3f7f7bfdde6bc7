#include "checker/agreement/herd_answers.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace heddle::agreement {
namespace {

std::ifstream open(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("can't read " + path);
  return file;
}

}  // namespace

HerdAnswers read_json_answers(const std::string& path) {
  std::ifstream file = open(path);
  HerdAnswers answers;
  const auto json = nlohmann::json::parse(file);
  for (const auto& [name, models] : json.items()) {
    for (const auto& [model, answer] : models.items()) {
      auto texts = answer.at("states").get<std::vector<std::string>>();
      answers[{name, model}] = {.observation = answer.at("observation"),
                                .executions = answer.at("executions"),
                                .states = texts.size(),
                                .texts = std::move(texts)};
    }
  }
  return answers;
}

HerdAnswers read_csv_answers(const std::string& path) {
  std::ifstream file = open(path);
  HerdAnswers answers;
  std::string line;
  std::getline(file, line);  // the names of the columns
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string name, model, states, executions;
    HerdAnswer answer;
    std::getline(fields, name, ',');
    std::getline(fields, model, ',');
    std::getline(fields, answer.observation, ',');
    std::getline(fields, states, ',');
    std::getline(fields, executions, ',');
    answer.states = std::stoul(states);
    answer.executions = std::stoull(executions);
    answers[{name, model}] = answer;
  }
  return answers;
}

}  // namespace heddle::agreement
