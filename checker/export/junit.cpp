#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "checker/export/exports.hpp"
#include "checker/report/report.hpp"
#include "checker/report/safe_text.hpp"

namespace heddle::exports {
namespace {

/// Text and attribute values. What may not stand in XML at all is spelled out by report::safe,
/// except two characters that no text has.
std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view three = text.substr(i, 3);
    if (three == "\xef\xbf\xbe" || three == "\xef\xbf\xbf") {
      result += "\xef\xbf\xbd";
      i += 2;
      continue;
    }
    switch (text[i]) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += text[i];
    }
  }
  return result;
}

std::string attribute(std::string_view text) { return escaped(report::safe(text)); }

using Ending = TestCase::Ending;

std::string case_xml(const TestCase& test) {
  std::string xml =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"",
                  attribute("heddle." + test.suite), attribute(test.name), test.seconds);
  if (!test.file.empty()) xml += fmt::format(" file=\"{}\"", attribute(test.file));
  std::string inner;
  if (test.ending != Ending::passed) {
    const char* element = test.ending == Ending::failed ? "failure" : "error";
    // The details are lines of the text report, which is safe already.
    inner +=
        fmt::format("      <{} type=\"{}\" message=\"{}\">{}</{}>\n", element, attribute(test.kind),
                    attribute(test.message), escaped(test.details), element);
  }
  if (!test.note.empty()) {
    inner += fmt::format("      <system-out>{}</system-out>\n", attribute(test.note));
  }
  return inner.empty() ? xml + "/>\n" : xml + ">\n" + inner + "    </testcase>\n";
}

}  // namespace

std::string junit(const std::vector<TestCase>& cases) {
  const auto count = [&cases](Ending ending) {
    return std::count_if(cases.begin(), cases.end(),
                         [ending](const TestCase& test) { return test.ending == ending; });
  };
  double seconds = 0;
  for (const TestCase& test : cases) seconds += test.seconds;
  const std::string counts =
      fmt::format("name=\"heddle\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.3f}\"",
                  cases.size(), count(Ending::failed), count(Ending::error), seconds);
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  xml += fmt::format("<testsuites {}>\n  <testsuite {}>\n", counts, counts);
  for (const TestCase& test : cases) xml += case_xml(test);
  return xml + "  </testsuite>\n</testsuites>\n";
}

TestCase test_case(const trace::Trace& trace) {
  TestCase test;
  std::string settings;
  for (const auto& [name, value] : trace.settings) {
    settings += fmt::format("{}{} = {}", settings.empty() ? "" : ", ", name, value);
  }
  test.name = settings.empty() ? trace.scenario : fmt::format("{} ({})", trace.scenario, settings);
  test.suite = trace.model;
  if (!trace.violation) return test;
  // An execution that was too long shows nothing wrong; only a run knows its verdict.
  const bool is_violation =
      !is_broken(trace.violation->kind) && trace.violation->kind != ViolationKind::step_bound;
  test.ending = is_violation ? Ending::failed : Ending::error;
  test.kind = to_string(trace.violation->kind);
  test.message = trace.violation->message;
  test.details = "\n" + report::text(trace, {});
  test.file = trace.violation->file;
  return test;
}

}  // namespace heddle::exports
