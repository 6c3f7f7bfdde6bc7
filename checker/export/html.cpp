#include <nlohmann/json.hpp>
#include <string>

#include "checker/export/exports.hpp"
#include "checker/export/outline.hpp"
#include "checker/export/page.hpp"
#include "checker/export/relations.hpp"
#include "checker/report/report.hpp"

namespace heddle::exports {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
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

Json pairs(const std::vector<Edge>& edges) {
  Json json = Json::array();
  for (const Edge& edge : edges) json.push_back({edge.from, edge.to});
  return json;
}

/// What the viewer does not find out itself: words and relations, the same as in other outputs.
Json aids(const trace::Trace& trace) {
  const Outline words = outline(trace);
  const Relations edges = relations(trace);
  Json json;
  json["labels"] = words.labels;
  json["setup"] = {{"steps", words.setup}, {"text", words.setup_text}};
  json["minor"] = Json::array();
  for (std::uint32_t number = 1; number <= trace.steps.size(); ++number) {
    if (words.minor[number - 1]) json["minor"].push_back(number);
  }
  json["edges"] = {{"rf", pairs(edges.reads_from)},
                   {"co", pairs(edges.coherence)},
                   {"fr", pairs(edges.from_read)},
                   {"hb", pairs(edges.synchronises)}};
  json["texts"] = words.texts;
  return json;
}

}  // namespace

std::string html(const trace::Trace& trace) {
  std::string page{viewer_page[0]};
  page += escaped(report::text(trace, {}));
  page += viewer_page[1];
  page += inside_page("{\"aids\": " + dump(aids(trace)) + ",\n\"trace\": " + trace::to_json(trace));
  page += "}\n";
  page += viewer_page[2];
  return page;
}

}  // namespace heddle::exports
