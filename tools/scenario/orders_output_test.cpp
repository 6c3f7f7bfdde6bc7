#include "tools/scenario/orders_output.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace heddle::cli {
namespace {

using orders::Change;
using orders::Outcome;
using orders::Report;

Change change(api::OpKind kind, const char* operation, std::vector<std::string> objects,
              std::memory_order written, std::memory_order to) {
  OrderSite site{.file = "a.cpp", .line = 7, .kind = kind, .written = written};
  return {{site, operation, std::move(objects)}, to};
}

Report found() {
  return {.strengthens = true,
          .outcome = Outcome::found,
          .changes = {change(api::OpKind::store, "store", {"ready"}, std::memory_order_relaxed,
                             std::memory_order_release)},
          .sites = 3,
          .minimal = true,
          .explorations = 5};
}

TEST(OrdersOutput, NamesTheChanges) {
  EXPECT_EQ(orders_text(found(), "rc11"),
            "orders with which it holds under rc11, each of them needed:\n"
            "  a.cpp:7  ready.store  relaxed -> release\n"
            "5 further explorations; the scenario gives an order in 3 places\n");
}

TEST(OrdersOutput, NamesWhatMayBeWeaker) {
  Report report = found();
  report.strengthens = false;
  Change failed = change(api::OpKind::compare_exchange, "compare_exchange", {"a", "b\x1b"},
                         std::memory_order_acquire, std::memory_order_relaxed);
  failed.use.site.failure = true;
  report.changes = {failed, change(api::OpKind::fence, "fence", {}, std::memory_order_seq_cst,
                                   std::memory_order_relaxed)};
  EXPECT_EQ(
      orders_text(report, "cpp20"),
      "orders that may be weaker under cpp20, all of them at once; none may be weaker still:\n"
      "  a.cpp:7  a|b\\x1b.compare_exchange that fails  acquire -> relaxed\n"
      "  a.cpp:7  fence                                seq_cst -> removed\n"
      "5 further explorations; the scenario gives an order in 3 places\n");
}

TEST(OrdersOutput, SaysWhatIsNotKnown) {
  Report report = found();
  report.minimal = false;
  report.reason = "interrupted";
  EXPECT_NE(orders_text(report, "rc11").find("whether each is needed is not known, interrupted:"),
            std::string::npos);
  report.changes.clear();
  report.outcome = Outcome::incomplete;
  EXPECT_EQ(orders_text(report, "rc11").find("which orders would help is not known: interrupted\n"),
            0U);
  report.strengthens = false;
  EXPECT_EQ(
      orders_text(report, "rc11").find("whether orders may be weaker is not known: interrupted\n"),
      0U);
}

TEST(OrdersOutput, SaysThatNothingHelps) {
  Report report = found();
  report.changes.clear();
  report.outcome = Outcome::hopeless;
  EXPECT_EQ(orders_text(report, "rc11").find("no set of orders helps: it is violated with seq_cst"),
            0U);
  report.violated_under_sc = true;
  EXPECT_EQ(orders_text(report, "rc11").find("no set of orders helps: it is violated under sc"),
            0U);
}

TEST(OrdersOutput, SaysWhyNoneMayBeWeaker) {
  Report report = {.outcome = Outcome::none, .sites = 2, .minimal = true, .explorations = 3};
  EXPECT_EQ(orders_text(report, "rc11").find("no order may be weaker under rc11: each is needed"),
            0U);
  report.explorations = 0;
  EXPECT_EQ(orders_text(report, "rc11").find("no order may be weaker: all of them are relaxed"),
            0U);
  report.sites = 0;
  EXPECT_EQ(orders_text(report, "rc11"), "the scenario gives no orders\n");
}

TEST(OrdersOutput, IsTheSameInJson) {
  Report report = found();
  report.reason = "why";
  const auto json = nlohmann::json::parse(orders_json(report));
  EXPECT_EQ(json, nlohmann::json::parse(R"({
    "goal": "strengthen", "outcome": "found", "minimal": true, "violated_under_sc": false,
    "sites": 3, "explorations": 5, "seconds": 0.0, "reason": "why",
    "changes": [{"at": "a.cpp:7", "operation": "store", "fails": false, "objects": ["ready"],
                 "written": "relaxed", "order": "release"}]})"));
}

}  // namespace
}  // namespace heddle::cli
