#include <nlohmann/json.hpp>

#include "checker/export/exports.hpp"
#include "checker/export/outline.hpp"
#include "checker/export/relations.hpp"
#include "checker/report/safe_text.hpp"

namespace heddle::exports {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t step_microseconds = 1000;

class Events {
 public:
  explicit Events(const trace::Trace& trace) : trace_(trace), outline_(outline(trace)) {}

  Json run() {
    name("process_name", 0, trace_.scenario);
    for (std::uint32_t thread = 0; thread < trace_.threads.size(); ++thread) {
      name("thread_name", thread, outline_.labels[thread]);
    }
    for (std::uint32_t number = 1; number <= trace_.steps.size(); ++number) step(number);
    const Relations all = relations(trace_);
    for (const Edge& edge : all.reads_from) flow(edge, "reads-from");
    for (const Edge& edge : all.synchronises) flow(edge, "happens-before");
    if (trace_.violation) violation(*trace_.violation);
    return std::move(events_);
  }

 private:
  static Json event(const char* phase, std::uint32_t thread, std::uint64_t microseconds) {
    Json json;
    json["ph"] = phase;
    json["pid"] = 1;
    json["tid"] = thread;
    json["ts"] = microseconds;
    return json;
  }

  void name(const char* what, std::uint32_t thread, const std::string& text) {
    Json json = event("M", thread, 0);
    json["name"] = what;
    json["args"]["name"] = report::safe(text);
    events_.push_back(std::move(json));
  }

  void step(std::uint32_t number) {
    const trace::Step& step = trace_.steps[number - 1];
    Json json = event("X", step.thread, number * step_microseconds);
    json["dur"] = step_microseconds;
    json["name"] = outline_.texts[number - 1];
    json["cat"] = report::safe(step.operation);
    json["args"]["step"] = number;
    if (!step.file.empty()) {
      json["args"]["source"] = report::safe(step.file) + ":" + std::to_string(step.line);
    }
    if (!step.text.empty()) json["args"]["text"] = report::safe(step.text);
    events_.push_back(std::move(json));
  }

  /// From the end of one step to the beginning of another.
  void flow(const Edge& edge, const char* kind) {
    ++flows_;
    const auto half = [&](const char* phase, std::uint32_t number) {
      const std::uint64_t time = number * step_microseconds + step_microseconds / 2;
      Json json = event(phase, trace_.steps[number - 1].thread, time);
      json["id"] = flows_;
      json["name"] = kind;
      json["cat"] = kind;
      if (*phase == 'f') json["bp"] = "e";
      events_.push_back(std::move(json));
    };
    half("s", edge.from);
    half("f", edge.to);
  }

  void violation(const trace::Violation& violation) {
    const std::size_t step = violation.step == 0 ? trace_.steps.size() : violation.step;
    Json json = event("i", violation.thread, (step + 1) * step_microseconds);
    json["name"] = std::string(to_string(violation.kind)) + ": " + report::safe(violation.message);
    json["cat"] = "violation";
    json["s"] = "g";  // a line across all tracks
    events_.push_back(std::move(json));
  }

  const trace::Trace& trace_;
  Outline outline_;
  Json events_ = Json::array();
  std::uint64_t flows_ = 0;
};

}  // namespace

std::string perfetto(const trace::Trace& trace) {
  Json json;
  json["displayTimeUnit"] = "ms";
  json["traceEvents"] = Events(trace).run();
  return json.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace heddle::exports
