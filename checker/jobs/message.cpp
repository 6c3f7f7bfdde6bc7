#include "checker/jobs/message.hpp"

#include <nlohmann/json.hpp>

namespace heddle::jobs {
namespace {

using nlohmann::json;

json json_of(const explore::Branches& branches) {
  return {branches.opened, branches.executions, branches.refused, branches.conflicts,
          branches.lost};
}

explore::Branches branches_from(const json& value) {
  return {value.at(0), value.at(1), value.at(2), value.at(3), value.at(4)};
}

}  // namespace

std::string text_of(const Order& order) {
  return json{{"part", order.part}, {"position", order.position.text()}}.dump();
}

Order order_from(const std::string& text) {
  const json value = json::parse(text);
  return {.part = value.at("part"), .position = Position::from(value.at("position"))};
}

std::string text_of(const Report& report) {
  const Slice& slice = report.slice;
  json value = {{"part", report.part},           {"kind", static_cast<int>(report.kind)},
                {"endings", slice.more.endings}, {"branches", json_of(slice.more.branches)},
                {"events", slice.more.events},   {"bounds", slice.more.bounds},
                {"left", slice.left.text()},     {"finding", slice.has_finding},
                {"one", slice.needs_one}};
  if (slice.given) value["given"] = slice.given->text();
  return value.dump();
}

Report report_from(const std::string& text) {
  const json value = json::parse(text);
  Report report{.part = value.at("part"),
                .kind = static_cast<Report::Kind>(value.at("kind").get<int>())};
  Slice& slice = report.slice;
  slice.more.endings = value.at("endings");
  slice.more.branches = branches_from(value.at("branches"));
  slice.more.events = value.at("events");
  slice.more.bounds = value.at("bounds");
  slice.left = Position::from(value.at("left"));
  slice.has_finding = value.at("finding");
  slice.needs_one = value.at("one");
  if (value.contains("given")) slice.given = Position::from(value.at("given"));
  return report;
}

}  // namespace heddle::jobs
