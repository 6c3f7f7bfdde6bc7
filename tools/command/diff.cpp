// heddle diff A B
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "checker/report/compare.hpp"
#include "checker/report/step_text.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/suggest.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/command/commands.hpp"

namespace heddle::command {
namespace {

using Json = nlohmann::ordered_json;

constexpr int exit_differ = 1;

struct Request {
  std::string a;
  std::string b;
  std::string format = "text";
};

Json trace_json(const std::string& path, const trace::Trace& trace) {
  Json json;
  json["file"] = path;
  json["model"] = trace.model;
  json["settings"] = Json(trace.settings);
  json["steps"] = trace.steps.size();
  json["violation"] = trace.violation ? Json(to_string(trace.violation->kind)) : Json(nullptr);
  return json;
}

Json step_json(const trace::Trace& trace, std::uint32_t number) {
  if (number == 0) return nullptr;
  const trace::Step& step = trace.steps[number - 1];
  Json json;
  json["step"] = number;
  json["text"] = report::step_text(step, 0, 0);
  json["reads_from"] = step.reads_from ? Json(*step.reads_from) : Json(nullptr);
  json["file"] = step.file;
  json["line"] = step.line;
  return json;
}

std::string json_text(const report::Comparison& comparison, const Request& request,
                      const trace::Trace& a, const trace::Trace& b) {
  Json json;
  json["schema"] = "heddle.diff/1";
  json["scenario"] = a.scenario;
  json["a"] = trace_json(request.a, a);
  json["b"] = trace_json(request.b, b);
  json["same_execution"] = comparison.same_execution();
  json["same_steps"] = comparison.same_steps;
  json["threads"] = Json::array();
  for (const report::Parting& parting : comparison.threads) {
    const trace::Trace& named = parting.thread < a.threads.size() ? a : b;
    Json entry;
    entry["thread"] = parting.thread;
    entry["name"] = named.threads[parting.thread];
    entry["same"] = parting.same;
    entry["a"] = step_json(a, parting.a);
    entry["b"] = step_json(b, parting.b);
    json["threads"].push_back(entry);
  }
  json["coherence"] = comparison.coherence;
  return json.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

int diff(const Request& request) {
  const std::vector<std::string> formats = {"text", "json"};
  if (std::find(formats.begin(), formats.end(), request.format) == formats.end()) {
    throw cli::UsageError(cli::unknown_name("value of --format", request.format, formats));
  }
  const trace::Trace a = cli::read_trace(request.a);
  const trace::Trace b = cli::read_trace(request.b);
  if (a.scenario != b.scenario) {
    throw cli::UsageError(
        fmt::format("the traces are of different scenarios, '{}' and '{}': compare two of one",
                    a.scenario, b.scenario));
  }
  const report::Comparison comparison = report::compare(a, b);
  cli::print(request.format == "json"
                 ? json_text(comparison, request, a, b)
                 : report::comparison_text(comparison, a, b, request.a, request.b));
  return comparison.same_execution() ? cli::exit_holds : exit_differ;
}

}  // namespace

Subcommand add_diff(cli::Command program) {
  cli::Command command = program.add_command("diff", "Show where two saved traces part");
  const auto request = std::make_shared<Request>();
  command.add_option("A", request->a, "A file that --trace wrote").required();
  command.add_option("B", request->b, "Another one of the same scenario").required();
  command.add_option("--format", request->format, "Form of the result (default: text)")
      .type_name("text|json");
  command.footer("Exit status: 0 if they are the same execution, 1 if not, 2 for wrong input.\n");
  return {command, [=] { return diff(*request); }};
}

}  // namespace heddle::command
