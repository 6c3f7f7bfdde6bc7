#include "checker/jobs/checkpoint.hpp"

#include <stdexcept>

#include "checker/jobs/totals_json.hpp"

namespace heddle::jobs {
namespace {

using nlohmann::json;

constexpr const char* schema = "heddle.checkpoint/1";

json json_of(const memory::AreaRecord& area) {
  json cells = json::array();
  for (const memory::Cell& cell : area.cells) {
    cells.push_back({cell.offset, cell.size, cell.changes, cell.foreign});
  }
  return {{"place", static_cast<int>(area.kind.place)},
          {"bytes", area.kind.bytes},
          {"at", area.kind.at},
          {"cells", std::move(cells)}};
}

memory::AreaRecord area_from(const json& value) {
  memory::AreaRecord area;
  const int place = value.at("place");
  if (place < 0 || place > static_cast<int>(memory::Place::program)) {
    throw std::invalid_argument("there is no place " + std::to_string(place));
  }
  area.kind = {static_cast<memory::Place>(place), value.at("bytes"), value.at("at")};
  for (const json& cell : value.at("cells")) {
    area.cells.push_back({cell.at(0), cell.at(1), cell.at(2), cell.at(3)});
  }
  return area;
}

json json_of(const Part& part) {
  json value = {
      {"position", part.position.text()}, {"totals", part.totals}, {"closed", part.is_closed}};
  if (part.finding) value["finding"] = part.finding->text();
  return value;
}

Part part_from(const json& value) {
  Part part{.position = Position::from(value.at("position")), .totals = value.at("totals")};
  part.is_closed = value.at("closed");
  if (value.contains("finding")) part.finding = Position::from(value.at("finding"));
  return part;
}

Checkpoint checkpoint_of(const json& value) {
  Checkpoint checkpoint{.of = value.at("of"), .seconds = value.at("seconds")};
  for (const json& area : value.at("areas")) checkpoint.areas.push_back(area_from(area));
  for (const json& thread : value.at("threads")) {
    checkpoint.threads.push_back({thread.at(0), thread.at(1), thread.at(2)});
    if (checkpoint.threads.back().number >= runtime::max_threads) {
      throw std::invalid_argument("there is no thread " + thread.at(2).dump());
    }
  }
  for (const json& part : value.at("parts")) checkpoint.parts.push_back(part_from(part));
  if (checkpoint.parts.empty()) throw std::invalid_argument("it has no parts");
  return checkpoint;
}

}  // namespace

std::string text_of(const Checkpoint& checkpoint) {
  json value = {{"schema", schema}, {"of", checkpoint.of}, {"seconds", checkpoint.seconds}};
  value["areas"] = value["threads"] = value["parts"] = json::array();
  for (const auto& area : checkpoint.areas) value["areas"].push_back(json_of(area));
  for (const auto& thread : checkpoint.threads) {
    value["threads"].push_back({thread.parent, thread.nth, thread.number});
  }
  for (const auto& part : checkpoint.parts) value["parts"].push_back(json_of(part));
  return value.dump(1) + "\n";
}

Checkpoint checkpoint_from(const std::string& text) {
  const json value = json::parse(text, nullptr, false);
  if (!value.is_object() || !value.contains("schema") || !value["schema"].is_string()) {
    throw std::runtime_error("it is no checkpoint, or not all of one");
  }
  const std::string written = value["schema"];
  if (written != schema) {
    throw std::runtime_error("it is a '" + written + "', and this heddle reads '" + schema + "'");
  }
  try {
    return checkpoint_of(value);
  } catch (const json::exception&) {
    throw std::runtime_error("it is no checkpoint: something in it is missing or no number");
  } catch (const std::invalid_argument& error) {
    throw std::runtime_error(std::string("it is no checkpoint: ") + error.what());
  }
}

}  // namespace heddle::jobs
