// Families of litmus tests, compared with herd7 and with the oracle.
#include <cctype>
#include <optional>
#include <set>

#include "checker/agreement/families.hpp"
#include "checker/agreement/herd_answers.hpp"
#include "checker/agreement/litmus_files.hpp"
#include "checker/agreement/oracle_form.hpp"
#include "checker/oracle/enumerate.hpp"
#include "checker/programs/programs.hpp"

namespace heddle::agreement {
namespace {

using Values = std::vector<std::int32_t>;

/// What is compared of an answer, as text.
std::string summary(const std::string& observation, std::uint64_t executions, std::size_t states) {
  return observation + ", " + std::to_string(executions) + " executions, " +
         std::to_string(states) + " states";
}

std::string text_of(const litmus::Result& result) {
  if (result.outcome != litmus::Outcome::complete) return "no answer: " + result.message;
  return summary(result.observation, result.positive + result.negative, result.states.size());
}

std::string difference_from_herd(const litmus::Test& test, const HerdAnswer& herd,
                                 const std::string& model) {
  const litmus::Result result = run(test, {.model = model});
  const std::string expected = summary(herd.observation, herd.executions, herd.states);
  std::string what;
  if (text_of(result) != expected) {
    what = "  herd7:  " + expected + "\n  heddle: " + text_of(result) + "\n";
  }
  if (!herd.texts) return what;
  std::set<std::string> ours;
  for (const litmus::State& state : result.states) ours.insert(state_text(test, state));
  for (const std::string& state : *herd.texts) {
    if (ours.erase(state) == 0) what += "  only herd7: " + state + "\n";
  }
  for (const std::string& state : ours) what += "  only heddle: " + state + "\n";
  return what;
}

std::string difference_from_oracle(const litmus::Test& test, const OracleForm& form,
                                   const std::string& model) {
  const oracle::Answer answer = enumerate(form.program(), oracle::model(model));
  std::set<Values> expected;
  for (const oracle::FinalState& state : answer.states) expected.insert(form.shown(state));
  const litmus::Result result = run(test, {.model = model});
  const auto outcome = answer.races ? litmus::Outcome::racy : litmus::Outcome::complete;
  if (result.outcome != outcome) return "  " + text_of(result) + "\n";
  if (answer.races) return "";
  std::set<Values> found;
  for (const litmus::State& state : result.states) found.insert(state.values);
  if (found == expected && result.positive + result.negative == answer.complete) return "";
  return "  oracle: " + summary("", answer.complete, expected.size()) +
         "\n  heddle: " + text_of(result) + "\n";
}

/// How a test differs, empty if it does not; nothing if whoever it is compared with can't read it.
using Difference =
    std::function<std::optional<std::string>(const std::string& file, const litmus::Test& test)>;

/// Compares the tests of a folder.
Tally compare_folder(const std::string& folder, const std::string& model,
                     const Difference& difference) {
  Tally tally;
  for (const std::string& file : litmus_files(folder)) {
    try {
      const litmus::Test test = read_litmus(folder, file);
      const std::optional<std::string> what = difference(file, test);
      if (!what) {
        ++tally.tests, ++tally.refused;
        continue;
      }
      count(tally, [&] { return what->empty() ? "" : file + ", " + model + "\n" + *what; });
    } catch (const litmus::Error& error) {
      ++tally.tests, ++tally.refused;
    }
  }
  return tally;
}

Family with_herd(std::string name, const std::string& folder, std::vector<std::string> models,
                 HerdAnswers (*read)(const std::string&), const std::string& answers_file) {
  const auto compare = [=](const std::string& model, bool) {
    const HerdAnswers answers = read(litmus_folder(folder) + "/" + answers_file);
    return compare_folder(folder, model, [&](const std::string& file, const litmus::Test& test) {
      const HerdAnswer& herd = answers.at({file, model});
      return std::optional(difference_from_herd(test, herd, model));
    });
  };
  return {std::move(name), "tests/litmus/" + folder, "herd7", std::move(models), compare};
}

Family with_oracle(std::string name, const std::string& folder) {
  const auto compare = [=](const std::string& model, bool) {
    return compare_folder(
        folder, model,
        [&](const std::string&, const litmus::Test& test) -> std::optional<std::string> {
          const auto form = OracleForm::of(test);
          if (!form) return std::nullopt;
          return difference_from_oracle(test, *form, model);
        });
  };
  return {std::move(name), "tests/litmus/" + folder, "oracle", all_models(), compare};
}

/// Compares the test with the native program that its file is named after: "casrot_3.litmus" is
/// casrot of size 3.
std::string difference_from_native(const std::string& file, const litmus::Test& test,
                                   const std::string& model) {
  std::string name = file.substr(0, file.find('.'));
  const std::size_t last = name.rfind('_');
  const bool has_size = last != std::string::npos && std::isdigit(name[last + 1]) != 0;
  const int size = has_size ? std::stoi(name.substr(last + 1)) : 0;
  if (has_size) name.resize(last);
  const Scenario native{.name = "native", .body = programs::program(name, size)};
  const heddle::Result expected = check(native, {.model = model, .keep_going = true});
  const litmus::Result result = run(test, {.model = model});
  const bool agrees = expected.verdict == Verdict::holds &&
                      result.outcome == litmus::Outcome::complete &&
                      result.positive + result.negative == expected.executions.complete;
  if (agrees) return "";
  return "  native: " + std::to_string(expected.executions.complete) +
         "\n  litmus: " + text_of(result) + "\n";
}

Family with_native() {
  const auto compare = [](const std::string& model, bool) {
    return compare_folder("programs", model,
                          [&](const std::string& file, const litmus::Test& test) {
                            return std::optional(difference_from_native(file, test, model));
                          });
  };
  return {"native_forms", "tests/litmus/programs", "the same as native code", all_models(),
          compare};
}

}  // namespace

std::vector<Family> litmus_families() {
  return {
      with_herd("herd_random", "random", {"sc", "rc11", "cpp20"}, read_json_answers,
                "expected.json"),
      with_herd("herd_cycles", "cycles", {"rc11", "cpp20"}, read_csv_answers, "expected.csv"),
      with_oracle("oracle_random", "random"),
      with_oracle("oracle_cycles", "cycles"),
      with_oracle("oracle_classical", "classical"),
      with_native(),
  };
}

}  // namespace heddle::agreement
