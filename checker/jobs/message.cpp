#include "checker/jobs/message.hpp"

#include "checker/jobs/totals_json.hpp"

namespace heddle::jobs {

using nlohmann::json;

std::string text_of(const Order& order) {
  return json{{"part", order.part}, {"position", order.position.text()}}.dump();
}

Order order_from(const std::string& text) {
  const json value = json::parse(text);
  return {.part = value.at("part"), .position = Position::from(value.at("position"))};
}

std::string text_of(const Report& report) {
  const Slice& slice = report.slice;
  json value = {{"part", report.part},          {"kind", static_cast<int>(report.kind)},
                {"more", slice.more},           {"left", slice.left.text()},
                {"finding", slice.has_finding}, {"one", slice.needs_one}};
  if (slice.given) value["given"] = slice.given->text();
  return value.dump();
}

Report report_from(const std::string& text) {
  const json value = json::parse(text);
  Report report{.part = value.at("part"),
                .kind = static_cast<Report::Kind>(value.at("kind").get<int>())};
  Slice& slice = report.slice;
  slice.more = value.at("more");
  slice.left = Position::from(value.at("left"));
  slice.has_finding = value.at("finding");
  slice.needs_one = value.at("one");
  if (value.contains("given")) slice.given = Position::from(value.at("given"));
  return report;
}

}  // namespace heddle::jobs
