// Every text is either a trace or refused with a sentence; and whatever a trace holds, no output
// of it can steer a terminal or leave the place in a page that is meant for data.
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "checker/export/exports.hpp"
#include "checker/report/compare.hpp"
#include "checker/report/report.hpp"

namespace {

using heddle::trace::Trace;

void require(bool condition) {
  if (!condition) std::abort();
}

void check_harmless(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    require((byte >= 0x20 && byte != 0x7f) || c == '\n');
  }
  require(text.find("\xe2\x80\xae") == std::string_view::npos);  // U+202E turns text round
}

void check_page(const std::string& page) {
  const std::string_view head = "id=\"data\">";
  const std::size_t begin = page.find(head) + head.size();
  const std::size_t end = page.find("</script>", begin);
  require(page.find('<', begin) == end);
  check_harmless(page);
}

void check_outputs(const Trace& trace) {
  namespace exports = heddle::exports;
  for (const std::size_t width : {20UL, 120UL}) {
    check_harmless(heddle::report::text(trace, {.width = width}));
  }
  check_harmless(exports::dot(trace, false));
  check_harmless(exports::dot(trace, true));
  check_harmless(exports::junit({exports::test_case(trace)}));
  check_harmless(exports::sarif({trace}));
  check_harmless(exports::perfetto(trace));
  check_page(exports::html(trace));
  const heddle::report::Comparison same = heddle::report::compare(trace, trace);
  require(same.same_execution());
  check_harmless(heddle::report::comparison_text(same, trace, trace, "a", "b"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  try {
    const Trace trace =
        heddle::trace::from_json(std::string(reinterpret_cast<const char*>(data), size));
    const std::string once = heddle::trace::to_json(trace);
    check_harmless(once);
    require(heddle::trace::to_json(heddle::trace::from_json(once)) == once);
    check_outputs(trace);
  } catch (const std::runtime_error& refusal) {
    require(std::string_view(refusal.what()).size() < 500);
  }
  return 0;
}
