// Programs whose orders are known from the literature, and every result checked again by itself.
#include "checker/orders/search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "checker/api/api.hpp"
#include "checker/orders/choices.hpp"

namespace heddle::orders {
namespace {

using api::atomic;
using api::var;
using Body = std::function<void()>;
using Texts = std::vector<std::string>;

constexpr auto relaxed = std::memory_order_relaxed;
constexpr auto acquire = std::memory_order_acquire;
constexpr auto release = std::memory_order_release;
constexpr auto acq_rel = std::memory_order_acq_rel;
constexpr auto seq_cst = std::memory_order_seq_cst;

template <typename... Bodies>
void run_threads(Bodies... bodies) {
  const std::array<std::uint32_t, sizeof...(Bodies)> numbers{api::spawn(bodies)...};
  for (const std::uint32_t number : numbers) api::join(number);
}

Scenario scenario_of(Body body) {
  return {
      .name = "test", .summary = "", .parameters = {}, .expectations = {}, .body = std::move(body)};
}

Report search_body(const Body& body, Options options) {
  options.list_orders = true;
  const Scenario scenario = scenario_of(body);
  return search(scenario, options, check(scenario, options));
}

/// "ready.store relaxed -> release", sorted.
Texts shown(const Report& report) {
  Texts texts;
  for (const Change& change : report.changes) {
    std::string text;
    for (const std::string& object : change.use.objects) text += object + ".";
    text += change.use.operation + (change.use.site.failure ? " (failed)" : "");
    text += " " + shown_order(change.use.site, change.use.site.written) + " -> ";
    texts.push_back(text + shown_order(change.use.site, change.to));
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

Verdict verdict_with(const Body& body, const std::string& model, const OrderChanges& orders) {
  return check(scenario_of(body), {.model = model, .orders = orders}).verdict;
}

/// What is below an order, one step down, and may be given where `site` is.
std::vector<std::memory_order> one_step_down(const OrderSite& site, std::memory_order order) {
  const bool load = site.kind == api::OpKind::load || site.failure;
  if (order == seq_cst)
    return {load ? acquire : site.kind == api::OpKind::store ? release : acq_rel};
  if (order == acq_rel) return {acquire, release};
  return order == relaxed ? std::vector<std::memory_order>{} : std::vector{relaxed};
}

/// It holds with the changes, and not with any single order one step weaker.
void expect_locally_minimal(const Body& body, const std::string& model, const Report& report) {
  ASSERT_TRUE(report.minimal) << report.reason;
  OrderChanges orders;
  for (const Change& change : report.changes) orders[change.use.site] = change.to;
  const Result with =
      check(scenario_of(body), {.model = model, .list_orders = true, .orders = orders});
  EXPECT_EQ(with.verdict, Verdict::holds);
  for (const OrderUse& use : with.orders) {
    const auto change = orders.find(use.site);
    const auto present = change == orders.end() ? use.site.written : change->second;
    if (report.strengthens && change == orders.end()) continue;
    for (const std::memory_order order : one_step_down(use.site, present)) {
      OrderChanges weakened = orders;
      weakened[use.site] = order;
      EXPECT_EQ(verdict_with(body, model, weakened), Verdict::violated)
          << use.operation << " in line " << use.site.line;
    }
  }
}

Body message_passing(std::memory_order store, std::memory_order load) {
  return [=] {
    var<int> data{0};
    atomic<bool> ready{false};
    api::name(ready, "ready");
    run_threads(
        [&] {
          data.set(1);
          ready.store(true, store);
        },
        [&] {
          api::await([&] { return ready.load(load); });
          api::check(data.get() == 1, "the data is there");
        });
  };
}

Body store_buffering(std::memory_order order, std::memory_order fence) {
  return [=] {
    atomic<int> x{0};
    atomic<int> y{0};
    var<int> a;
    var<int> b;
    api::name(x, "x"), api::name(y, "y");
    run_threads(
        [&] {
          x.store(1, order);
          if (fence != relaxed) api::fence(fence);
          a.set(y.load(order));
        },
        [&] {
          y.store(1, order);
          if (fence != relaxed) api::fence(fence);
          b.set(x.load(order));
        });
    api::check(a.get() == 1 || b.get() == 1, "one thread sees the other");
  };
}

Body peterson(std::memory_order order) {
  return [order] {
    atomic<bool> wants[2] = {false, false};
    atomic<int> turn{0};
    var<int> inside{0};
    const auto enter = [&](int me) {
      const int other = 1 - me;
      wants[me].store(true, order);
      turn.store(other, order);
      api::await([&] { return !wants[other].load(order) || turn.load(order) == me; });
      inside.set(inside.get() + 1);
      wants[me].store(false, order);
    };
    run_threads([&] { enter(0); }, [&] { enter(1); });
    api::check(inside.get() == 2, "both were inside");
  };
}

struct Node {
  var<Node*> next;
  atomic<unsigned> pops{0};
};

/// Two threads that push a node and pop one. `order` is that of all accesses to `top`.
Body treiber(std::memory_order order) {
  return [order] {
    atomic<Node*> top{nullptr};
    Node nodes[2];
    const auto work = [&](int i) {
      Node* first = top.load(relaxed);
      do {
        nodes[i].next.set(first);
      } while (!top.compare_exchange_strong(first, &nodes[i], order, order));
      first = top.load(order);
      Node* next = nullptr;
      do {
        next = first->next.get();
      } while (!top.compare_exchange_strong(first, next, order, order));
      api::check(first->pops.fetch_add(1, relaxed) == 0, "popped once");
    };
    run_threads([&] { work(0); }, [&] { work(1); });
  };
}

class Orders : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Under, Orders, testing::Values("rc11", "cpp20"),
                         [](const auto& test) { return test.param; });

TEST_P(Orders, MessagePassingNeedsReleaseAndAcquire) {
  const Body body = message_passing(relaxed, relaxed);
  const Report report = search_body(body, {.model = GetParam()});
  EXPECT_TRUE(report.strengthens);
  EXPECT_EQ(report.outcome, Outcome::found);
  EXPECT_EQ(shown(report),
            (Texts{"ready.load relaxed -> acquire", "ready.store relaxed -> release"}));
  EXPECT_EQ(report.sites, 2U);
  expect_locally_minimal(body, GetParam(), report);
}

TEST_P(Orders, MessagePassingHalfOrdered) {
  EXPECT_EQ(shown(search_body(message_passing(release, relaxed), {.model = GetParam()})),
            (Texts{"ready.load relaxed -> acquire"}));
  EXPECT_EQ(shown(search_body(message_passing(relaxed, seq_cst), {.model = GetParam()})),
            (Texts{"ready.store relaxed -> release"}));
}

TEST_P(Orders, MessagePassingNeedsNoSeqCst) {
  const Body body = message_passing(seq_cst, seq_cst);
  const Report report = search_body(body, {.model = GetParam()});
  EXPECT_FALSE(report.strengthens);
  EXPECT_EQ(shown(report),
            (Texts{"ready.load seq_cst -> acquire", "ready.store seq_cst -> release"}));
  expect_locally_minimal(body, GetParam(), report);
}

TEST_P(Orders, AreNoneWeakerWhereEachIsNeeded) {
  const Body body = message_passing(release, acquire);
  const Report report = search_body(body, {.model = GetParam()});
  EXPECT_EQ(report.outcome, Outcome::none);
  expect_locally_minimal(body, GetParam(), report);
}

TEST_P(Orders, StoreBufferingNeedsSeqCstFourTimes) {
  const Body body = store_buffering(relaxed, relaxed);
  const Report report = search_body(body, {.model = GetParam()});
  EXPECT_EQ(shown(report), (Texts{"x.load relaxed -> seq_cst", "x.store relaxed -> seq_cst",
                                  "y.load relaxed -> seq_cst", "y.store relaxed -> seq_cst"}));
  expect_locally_minimal(body, GetParam(), report);
}

TEST_P(Orders, StoreBufferingNeedsSeqCstFences) {
  const Body body = store_buffering(relaxed, acq_rel);
  const Report report = search_body(body, {.model = GetParam()});
  EXPECT_EQ(shown(report), (Texts{"fence acq_rel -> seq_cst", "fence acq_rel -> seq_cst"}));
  expect_locally_minimal(body, GetParam(), report);
}

/// Either the accesses or the fences would do.
TEST_P(Orders, OfStoreBufferingWithBothAreNeededOnce) {
  const Body body = store_buffering(seq_cst, seq_cst);
  const Report report = search_body(body, {.model = GetParam()});
  EXPECT_EQ(report.outcome, Outcome::found);
  expect_locally_minimal(body, GetParam(), report);
}

TEST_P(Orders, RemoveAFence) {
  const Body body = [] {
    var<int> data{0};
    atomic<bool> ready{false};
    api::name(ready, "ready");
    run_threads(
        [&] {
          data.set(1);
          api::fence(seq_cst);
          ready.store(true, release);
        },
        [&] {
          if (ready.load(acquire)) data.get();
        });
  };
  const Report report = search_body(body, {.model = GetParam()});
  EXPECT_EQ(shown(report), (Texts{"fence seq_cst -> removed"}));
  expect_locally_minimal(body, GetParam(), report);
}

TEST_P(Orders, OfPeterson) {
  const Report stronger = search_body(peterson(relaxed), {.model = GetParam()});
  EXPECT_TRUE(stronger.strengthens);
  EXPECT_EQ(stronger.outcome, Outcome::found);
  expect_locally_minimal(peterson(relaxed), GetParam(), stronger);
  const Report weaker = search_body(peterson(seq_cst), {.model = GetParam()});
  EXPECT_FALSE(weaker.strengthens);
  EXPECT_EQ(weaker.outcome, Outcome::found) << "the store that leaves needs release only";
  expect_locally_minimal(peterson(seq_cst), GetParam(), weaker);
}

TEST_P(Orders, OfTreibersStack) {
  const Report stronger = search_body(treiber(relaxed), {.model = GetParam()});
  EXPECT_TRUE(stronger.strengthens);
  EXPECT_EQ(stronger.outcome, Outcome::found);
  expect_locally_minimal(treiber(relaxed), GetParam(), stronger);
  const Report weaker = search_body(treiber(seq_cst), {.model = GetParam()});
  EXPECT_EQ(weaker.outcome, Outcome::found);
  expect_locally_minimal(treiber(seq_cst), GetParam(), weaker);
}

/// The second half is only reached once the first one is repaired.
TEST_P(Orders, BehindAViolationAreFound) {
  const Body body = [] {
    atomic<int> data[2] = {0, 0};
    atomic<bool> ready[2] = {false, false};
    for (auto& each : ready) api::name(each, "ready");
    for (auto& each : data) api::name(each, "data");
    run_threads(
        [&] {
          for (int i = 0; i < 2; ++i) {
            data[i].store(1, relaxed);
            if (i == 0) ready[0].store(true, relaxed);
            if (i == 1) ready[1].store(true, relaxed);
          }
        },
        [&] {
          api::await([&] { return ready[0].load(relaxed); });
          api::check(data[0].load(relaxed) == 1, "the first is there");
          api::await([&] { return ready[1].load(relaxed); });
          api::check(data[1].load(relaxed) == 1, "the second is there");
        });
  };
  const Report report = search_body(body, {.model = GetParam()});
  EXPECT_EQ(shown(report),
            (Texts{"ready.load relaxed -> acquire", "ready.load relaxed -> acquire",
                   "ready.store relaxed -> release", "ready.store relaxed -> release"}));
  expect_locally_minimal(body, GetParam(), report);
}

TEST_P(Orders, HelpNothingThatFailsUnderSc) {
  const Body body = [] {
    atomic<int> x{0};
    const auto add = [&x] { x.store(x.load(relaxed) + 1, relaxed); };
    run_threads(add, add, add);
    api::check(x.load() == 3, "all additions arrive");
  };
  const Report report = search_body(body, {.model = GetParam()});
  EXPECT_EQ(report.outcome, Outcome::hopeless);
  EXPECT_TRUE(report.violated_under_sc);
  EXPECT_EQ(report.explorations, 1U) << "the one under sc tells";
  EXPECT_TRUE(report.changes.empty());
}

TEST_P(Orders, AreTheSameInASecondSearch) {
  const Report first = search_body(peterson(relaxed), {.model = GetParam()});
  const Report second = search_body(peterson(relaxed), {.model = GetParam()});
  EXPECT_EQ(shown(first), shown(second));
  EXPECT_EQ(first.explorations, second.explorations);
  EXPECT_TRUE(
      std::is_sorted(first.changes.begin(), first.changes.end(),
                     [](const Change& a, const Change& b) { return a.use.site < b.use.site; }));
}

TEST(OrderLimits, LeaveUnknownWhatTheyCutOff) {
  const Body body = peterson(relaxed);
  const Report none = search_body(body, {.model = "rc11", .executions = 2});
  EXPECT_EQ(none.outcome, Outcome::incomplete);
  EXPECT_NE(none.reason.find("2 executions"), std::string::npos) << none.reason;
  EXPECT_TRUE(none.changes.empty());
}

TEST(OrderLimits, OfTimeEndTheSearch) {
  const Scenario scenario = scenario_of(peterson(relaxed));
  Options options{.model = "rc11", .list_orders = true};
  Result written = check(scenario, options);
  options.seconds = 5;
  written.seconds = 6;  // the run as written has used the time up
  const Report report = search(scenario, options, written);
  EXPECT_EQ(report.outcome, Outcome::incomplete);
  EXPECT_EQ(report.explorations, 0U);
  EXPECT_NE(report.reason.find("--seconds"), std::string::npos) << report.reason;
}

/// Each place to stop leaves changes that make it hold, or says that nothing is known.
TEST(OrderLimits, AnInterruptLeavesOrdersThatHold) {
  const Body body = peterson(relaxed);
  const Scenario scenario = scenario_of(body);
  const Options options{.model = "rc11", .list_orders = true};
  const Result written = check(scenario, options);
  const Report whole = search(scenario, options, written);
  for (std::uint64_t most = 0; most < whole.explorations; ++most) {
    const Report report = search(scenario, options, written, [most](const SearchProgress& now) {
      return now.explorations < most;
    });
    EXPECT_EQ(report.reason, "interrupted");
    EXPECT_FALSE(report.minimal);
    EXPECT_LE(report.explorations, most);
    if (report.outcome == Outcome::incomplete) continue;
    OrderChanges orders;
    for (const Change& change : report.changes) orders[change.use.site] = change.to;
    EXPECT_EQ(verdict_with(body, "rc11", orders), Verdict::holds);
  }
}

TEST(OrderLimits, RefuseWhatHasNoAnswer) {
  const Scenario scenario = scenario_of(message_passing(relaxed, relaxed));
  const Result written = check(scenario, {.model = "rc11", .list_orders = true});
  for (const char* model : {"sc", "tso", "ra", "none"}) {
    EXPECT_THROW(search(scenario, {.model = model}, written), std::invalid_argument);
  }
  EXPECT_THROW(search(scenario, {.model = "rc11", .strategy = "random"}, written),
               std::invalid_argument);
  EXPECT_THROW(search(scenario, {.model = "rc11"}, Result{}), std::invalid_argument);
}

TEST(OrderChoices, FollowTheStandard) {
  const OrderSite load{.kind = api::OpKind::load};
  const OrderSite store{.kind = api::OpKind::store};
  const OrderSite exchange{.kind = api::OpKind::exchange};
  const OrderSite failed{.kind = api::OpKind::compare_exchange, .failure = true};
  using All = std::vector<std::memory_order>;
  EXPECT_EQ(allowed(load), (All{relaxed, acquire, seq_cst}));
  EXPECT_EQ(allowed(failed), allowed(load));
  EXPECT_EQ(allowed(store), (All{relaxed, release, seq_cst}));
  EXPECT_EQ(allowed(exchange), (All{relaxed, acquire, release, acq_rel, seq_cst}));
  EXPECT_EQ(weaker_choices(exchange, relaxed, acq_rel), (All{relaxed, acquire, release}));
  EXPECT_EQ(weaker_choices(exchange, acquire, seq_cst), (All{acquire, acq_rel}));
  EXPECT_EQ(weaker_choices(store, release, release), All{});
  EXPECT_FALSE(weaker(acquire, release) || weaker(release, acquire));
}

}  // namespace
}  // namespace heddle::orders
