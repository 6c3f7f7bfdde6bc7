// Where a scenario gives memory orders, and what happens with others.
#include <gtest/gtest.h>

#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::OpKind;
using api::var;

constexpr std::uint32_t store_line = __LINE__ + 11;
constexpr std::uint32_t load_line = __LINE__ + 13;

void pass_message() {
  var<int> data{0};
  atomic<bool> ready{false};
  name(ready, "ready");
  run_threads(
      [&] {
        data.set(1);
        // The two lines that the constants above name:
        ready.store(true, relaxed);
      },
      [&] {
        if (ready.load(std::memory_order_consume)) data.get();
      });
}

Result check_with(OrderChanges orders, bool keep_going = false) {
  return check_body(pass_message, {.keep_going = keep_going,
                                   .self_check = true,
                                   .list_orders = true,
                                   .orders = std::move(orders)});
}

OrderSite site_of(const Result& result, OpKind kind) {
  for (const OrderUse& use : result.orders) {
    if (use.site.kind == kind) return use.site;
  }
  ADD_FAILURE() << "no such site";
  return {};
}

TEST(OrderSites, AreListedWithPlaceOperationAndObject) {
  const Result result = check_with({}, true);
  EXPECT_EQ(result.verdict, Verdict::violated);
  ASSERT_EQ(result.orders.size(), 2U);
  const OrderUse& store = result.orders[0];
  EXPECT_EQ(store.site.file, "checker/session/order_sites_test.cpp");
  EXPECT_EQ(store.site.line, store_line);
  EXPECT_EQ(store.site.written, relaxed);
  EXPECT_EQ(store.operation, "store");
  EXPECT_EQ(store.objects, std::vector<std::string>{"ready"});
  const OrderUse& load = result.orders[1];
  EXPECT_EQ(load.site.line, load_line);
  EXPECT_EQ(load.site.written, acquire) << "consume acts as acquire";
  EXPECT_TRUE(check_body(pass_message).orders.empty()) << "only on request";
}

TEST(OrderSites, TakeTheOrderThatIsAskedFor) {
  const Result written = check_with({}, true);
  const OrderSite store = site_of(written, OpKind::store);
  const OrderSite load = site_of(written, OpKind::load);
  EXPECT_EQ(check_with({{store, release}}).verdict, Verdict::holds);
  EXPECT_EQ(check_with({{store, std::memory_order_seq_cst}}).verdict, Verdict::holds);
  EXPECT_EQ(check_with({{store, release}, {load, relaxed}}).verdict, Verdict::violated);
  EXPECT_EQ(check_with({{load, std::memory_order_seq_cst}}).verdict, Verdict::violated);
  OrderSite elsewhere = store;
  elsewhere.line += 1;
  EXPECT_EQ(check_with({{elsewhere, release}}).verdict, Verdict::violated);
}

TEST(OrderSites, ShowTheOrderThatIsTakenInTheTrace) {
  const OrderSite store = site_of(check_with({}, true), OpKind::store);
  const OrderSite load = site_of(check_with({}, true), OpKind::load);
  const Result result = check_with({{store, release}, {load, relaxed}});
  ASSERT_TRUE(result.counterexample);
  bool seen = false;
  for (const trace::Step& step : result.counterexample->steps) {
    if (step.operation != "store") continue;
    EXPECT_EQ(step.order, "release");
    seen = true;
  }
  EXPECT_TRUE(seen);
}

/// One site for success and one for failure; a loop's accesses on one line are one site.
TEST(OrderSites, OfCompareExchangeAreTwo) {
  const Result result = check_body(
      [] {
        atomic<int> x{0};
        run_threads([&] {
          for (int i = 0; i < 3; ++i) {
            int expected = i;
            x.compare_exchange_strong(expected, i + 1, std::memory_order_acq_rel);
          }
        });
      },
      {.list_orders = true});
  ASSERT_EQ(result.orders.size(), 2U);
  EXPECT_FALSE(result.orders[0].site.failure);
  EXPECT_EQ(result.orders[0].site.written, std::memory_order_acq_rel);
  EXPECT_TRUE(result.orders[1].site.failure);
  EXPECT_EQ(result.orders[1].site.written, acquire);
}

/// What invariants read is ordered whatever they say; mutexes have no order to choose.
TEST(OrderSites, AreNoneInInvariantsAndMutexes) {
  const Result result = check_body(
      [] {
        atomic<int> x{0};
        api::mutex m;
        api::invariant([&x] { api::check(x.load() == 0, "always 0"); });
        run_threads([&m] { m.lock(), m.unlock(); });
      },
      {.list_orders = true});
  EXPECT_EQ(result.verdict, Verdict::holds);
  EXPECT_TRUE(result.orders.empty());
}

}  // namespace
}  // namespace heddle
