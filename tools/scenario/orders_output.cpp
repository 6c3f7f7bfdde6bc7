#include "tools/scenario/orders_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checker/orders/choices.hpp"
#include "checker/report/safe_text.hpp"

namespace heddle::cli {
namespace {

using Json = nlohmann::ordered_json;
using orders::Change;
using orders::Outcome;
using orders::Report;
using orders::shown_order;

std::string counted(std::uint64_t number, const std::string& what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::string place_of(const Change& change) {
  return fmt::format("{}:{}", change.use.site.file, change.use.site.line);
}

/// "ready.store", "fence", "top.compare_exchange that fails"
std::string operation_of(const Change& change) {
  const auto& objects = change.use.objects;
  std::string text = fmt::format("{}{}", fmt::join(objects, "|"), objects.empty() ? "" : ".");
  text += change.use.operation;
  if (change.use.site.failure) text += " that fails";
  return text;
}

std::string table(const std::vector<Change>& changes) {
  std::size_t place = 0;
  std::size_t operation = 0;
  for (const Change& change : changes) {
    place = std::max(place, report::safe(place_of(change)).size());
    operation = std::max(operation, report::safe(operation_of(change)).size());
  }
  std::string text;
  for (const Change& change : changes) {
    const OrderSite& site = change.use.site;
    text += fmt::format("  {:<{}}  {:<{}}  {} -> {}\n", report::safe(place_of(change)), place,
                        report::safe(operation_of(change)), operation,
                        shown_order(site, site.written), shown_order(site, change.to));
  }
  return text;
}

std::string stronger_text(const Report& report, const std::string& model) {
  switch (report.outcome) {
    case Outcome::found:
      return fmt::format(
          "orders with which it holds under {}{}:\n", model,
          report.minimal ? ", each of them needed"
                         : "; whether each is needed is not known, " + report::safe(report.reason));
    case Outcome::hopeless:
      if (report.violated_under_sc) {
        return "no set of orders helps: it is violated under sc as well\n";
      }
      return fmt::format("no set of orders helps: it is violated with seq_cst in all of {}\n",
                         counted(report.sites, "place"));
    case Outcome::broken:
      return fmt::format(
          "no orders were found: with seq_cst everywhere the scenario is broken, {}\n",
          report::safe(report.reason));
    default:
      return fmt::format("which orders would help is not known: {}\n", report::safe(report.reason));
  }
}

std::string weaker_text(const Report& report, const std::string& model) {
  switch (report.outcome) {
    case Outcome::found:
      return fmt::format("orders that may be weaker under {}, all of them at once; {}:\n", model,
                         report.minimal
                             ? "none may be weaker still"
                             : "whether more may is not known, " + report::safe(report.reason));
    case Outcome::none:
      if (report.sites == 0) return "the scenario gives no orders\n";
      if (report.explorations == 0) return "no order may be weaker: all of them are relaxed\n";
      return fmt::format("no order may be weaker under {}: each is needed in {}\n", model,
                         counted(report.sites, "place"));
    default:
      return fmt::format("whether orders may be weaker is not known: {}\n",
                         report::safe(report.reason));
  }
}

std::string outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::found:
      return "found";
    case Outcome::none:
      return "none";
    case Outcome::hopeless:
      return "hopeless";
    case Outcome::broken:
      return "broken";
    default:
      return "incomplete";
  }
}

}  // namespace

std::string orders_text(const Report& report, const std::string& model) {
  std::string text = report.strengthens ? stronger_text(report, model) : weaker_text(report, model);
  text += table(report.changes);
  if (report.sites != 0) {
    text += fmt::format("{}; the scenario gives an order in {}\n",
                        counted(report.explorations, "further exploration"),
                        counted(report.sites, "place"));
  }
  return text;
}

std::string orders_json(const Report& report) {
  Json json;
  json["goal"] = report.strengthens ? "strengthen" : "weaken";
  json["outcome"] = outcome_name(report.outcome);
  json["minimal"] = report.minimal;
  json["violated_under_sc"] = report.violated_under_sc;
  json["sites"] = report.sites;
  json["explorations"] = report.explorations;
  json["seconds"] = report.seconds;
  if (!report.reason.empty()) json["reason"] = report.reason;
  json["changes"] = Json::array();
  for (const Change& change : report.changes) {
    const OrderSite& site = change.use.site;
    Json entry;
    entry["at"] = place_of(change);
    entry["operation"] = change.use.operation;
    entry["fails"] = site.failure;
    entry["objects"] = change.use.objects;
    entry["written"] = shown_order(site, site.written);
    entry["order"] = shown_order(site, change.to);
    json["changes"].push_back(entry);
  }
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

}  // namespace heddle::cli
