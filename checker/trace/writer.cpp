#include <nlohmann/json.hpp>
#include <string>

#include "checker/trace/trace.hpp"

namespace heddle::trace {
namespace {

using Json = nlohmann::ordered_json;

// What equals its default is left out: a step is one line that a person can read.
Json step_json(const Step& step) {
  Json json;
  json["thread"] = step.thread;
  json["operation"] = step.operation;
  if (!step.order.empty()) json["order"] = step.order;
  if (!step.object.empty()) json["object"] = step.object;
  if (!step.object_type.empty()) json["object_type"] = step.object_type;
  if (step.read) json["read"] = *step.read;
  if (step.written) json["written"] = *step.written;
  if (step.success) json["success"] = *step.success;
  if (step.reads_from) json["reads_from"] = *step.reads_from;
  if (step.coherence) json["coherence"] = *step.coherence;
  if (step.stale) json["stale"] = true;
  if (step.choice != 0) json["choice"] = step.choice;
  if (step.spurious) json["spurious"] = true;
  if (step.waits) json["waits"] = true;
  if (step.target) json["target"] = *step.target;
  if (!step.note.empty()) json["note"] = step.note;
  if (!step.file.empty()) json["file"] = step.file;
  if (step.line != 0) json["line"] = step.line;
  if (!step.function.empty()) json["function"] = step.function;
  if (!step.text.empty()) json["text"] = step.text;
  json["clock"] = step.clock;
  return json;
}

Json explanation_json(const Trace& trace) {
  Json json = Json::array();
  for (const Reason& reason : trace.explanation) {
    json.push_back({{"text", reason.text}, {"steps", reason.steps}});
  }
  return json;
}

Json simplest_json(const Trace& trace) {
  if (!trace.simplest) return nullptr;
  Json json;
  json["switches"] = trace.simplest->switches;
  json["events"] = trace.simplest->events;
  json["minimal"] = trace.simplest->minimal;
  return json;
}

Json violation_json(const Violation& violation) {
  Json json;
  json["kind"] = to_string(violation.kind);
  json["message"] = violation.message;
  json["thread"] = violation.thread;
  json["step"] = violation.step;
  json["other_step"] = violation.other_step;
  json["file"] = violation.file;
  json["line"] = violation.line;
  return json;
}

// ASCII only: what could steer a terminal, or hide or turn round what is there, is spelled \uXXXX.
// A byte that is not UTF-8 (from a source line, say) becomes U+FFFD instead of an exception.
std::string dump(const Json& json) {
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

Json shared_memory_json(const Trace& trace) {
  Json json = Json::array();
  for (const SharedMemory& shared : trace.shared_memory) {
    json.push_back({{"place", shared.place},
                    {"bytes", shared.bytes},
                    {"at", shared.at},
                    {"offsets", shared.offsets},
                    {"sizes", shared.sizes},
                    {"changes", shared.changes}});
  }
  return json;
}

// A line of source is a line here.
std::string sources_json(const Trace& trace) {
  std::string text;
  for (const auto& [file, lines] : trace.sources) {
    text += (text.empty() ? "\n" : ",\n") + dump(Json(file)) + ": [";
    for (std::size_t i = 0; i < lines.size(); ++i) text += (i == 0 ? "\n" : ",\n") + dump(lines[i]);
    text += "\n]";
  }
  return "{" + text + "}";
}

}  // namespace

std::string to_json(const Trace& trace) {
  std::string text = "{\n";
  const auto member = [&text](const char* name, const Json& value) {
    text += "\"" + std::string(name) + "\": " + dump(value) + ",\n";
  };
  member("schema", "heddle.trace/" + std::to_string(format_version));
  member("scenario", trace.scenario);
  member("settings", Json(trace.settings));
  member("model", trace.model);
  member("spurious", trace.spurious);
  member("threads", trace.threads);
  member("shared_memory", shared_memory_json(trace));
  member("explanation", explanation_json(trace));
  member("simplest", simplest_json(trace));
  text += "\"steps\": [";
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    text += (i == 0 ? "\n" : ",\n") + dump(step_json(trace.steps[i]));
  }
  text += "\n],\n\"violation\": ";
  text += trace.violation ? dump(violation_json(*trace.violation)) : "null";
  text += ",\n\"sources\": " + sources_json(trace) + "\n}\n";
  return text;
}

}  // namespace heddle::trace
