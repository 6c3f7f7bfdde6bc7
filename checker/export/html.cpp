#include <nlohmann/json.hpp>
#include <string>

#include "checker/export/exports.hpp"
#include "checker/export/page.hpp"
#include "checker/report/report.hpp"
#include "checker/report/step_text.hpp"

namespace heddle::exports {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '<') {
      result += "&lt;";
    } else if (c == '&') {
      result += "&amp;";
    } else {
      result += c;
    }
  }
  return result;
}

/// JSON in which no element of the page can end or begin: a '<' is only ever in a string.
std::string inside_page(const std::string& json) {
  std::string result;
  for (const char c : json) {
    if (c == '<') {
      result += "\\u003c";
    } else {
      result += c;
    }
  }
  return result;
}

/// What the viewer shows of each step is what the text report says.
std::string words(const trace::Trace& trace) {
  const std::uint32_t folded = report::folded_steps(trace);
  const bool all = folded >= trace.steps.size();  // then there is nothing to fold them away from
  const std::uint32_t setup = all ? 0 : folded;
  const std::vector<std::uint32_t> overtaken = report::overtaken_steps(trace);
  Json texts = Json::array();
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    texts.push_back(report::step_text(trace.steps[i], setup, overtaken[i]));
  }
  Json minor = Json::array();
  const std::vector<bool> is_minor = report::minor_steps(trace, setup);
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    if (is_minor[i] && trace.steps.size() - setup > report::long_report) minor.push_back(i + 1);
  }
  Json labels = Json::array();
  for (std::uint32_t thread = 0; thread < trace.threads.size(); ++thread) {
    labels.push_back(report::thread_label(trace, thread));
  }
  const std::string text = setup == 0 ? "" : report::fold_text(trace, setup, 110);
  return "\"labels\": " + dump(labels) +
         ", \"setup\": " + dump(Json{{"steps", setup}, {"text", text}}) +
         ", \"minor\": " + dump(minor) + ", \"texts\": " + dump(texts);
}

}  // namespace

std::string html(const trace::Trace& trace) {
  std::string page{viewer_page[0]};
  page += escaped(report::text(trace, {}));
  page += viewer_page[1];
  page += inside_page("{" + words(trace) + ",\n\"trace\": " + trace::to_json(trace) + "}\n");
  page += viewer_page[2];
  return page;
}

}  // namespace heddle::exports
