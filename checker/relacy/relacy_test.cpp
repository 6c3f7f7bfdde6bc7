#include "checker/relacy/relacy.hpp"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using heddle::api::Op;
using heddle::api::OpKind;
using heddle::api::Reply;

/// Runs a suite once, each thread at its spawn, and remembers all Ops. Wide enough for what
/// Relacy's names stand for; what they mean under all schedules is the checker's business.
class SequentialEngine final : public heddle::api::Engine {
 public:
  SequentialEngine() { heddle::api::current_engine = this; }
  ~SequentialEngine() { heddle::api::current_engine = nullptr; }

  Reply perform(const Op& op, const void*) override {
    ops.push_back(op);
    std::uint64_t& value = memory_[op.address];
    const std::uint64_t before = value;
    switch (op.kind) {
      case OpKind::construct:
      case OpKind::store:
      case OpKind::exchange:
      case OpKind::write:
        value = op.operand;
        return {before};
      case OpKind::compare_exchange:
        if (before == op.expected) value = op.operand;
        return {before};
      case OpKind::fetch_add:
        value += op.operand;
        return {before};
      case OpKind::fetch_sub:
        value -= op.operand;
        return {before};
      case OpKind::fetch_and:
        value &= op.operand;
        return {before};
      case OpKind::fetch_or:
        value |= op.operand;
        return {before};
      case OpKind::fetch_xor:
        value ^= op.operand;
        return {before};
      case OpKind::spawn:
      case OpKind::invariant:
        op.box->invoke(reinterpret_cast<const void*>(op.operand));
        return {++threads_};
      case OpKind::fail:
      case OpKind::misuse:
        throw std::runtime_error(op.text);
      default:
        return {before};
    }
  }
  void name(const void*, const char*) override {}
  std::uint32_t thread_index() const override { return 0; }
  std::int64_t parameter(const char*) const override { return 0; }

  const Op& last() const { return ops.back(); }

  std::vector<Op> ops;

 private:
  std::map<const void*, std::uint64_t> memory_;
  std::uint32_t threads_ = 0;
};

TEST(Atomic, ProxyPassesOrderAndPosition) {
  SequentialEngine engine;
  rl::atomic<int> x{1};
  EXPECT_EQ(x($).load(rl::mo_acquire), 1);
  EXPECT_EQ(engine.last().order, std::memory_order_acquire);
  EXPECT_EQ(engine.last().site.line, static_cast<unsigned>(__LINE__ - 2));
  EXPECT_EQ(engine.last().site.file, std::string(__FILE__));
  x($).store(2, rl::memory_order_release);
  EXPECT_EQ(engine.last().order, std::memory_order_release);
}

TEST(Atomic, OperatorsAreOneSeqCstOperation) {
  SequentialEngine engine;
  rl::atomic<unsigned> x{4};
  EXPECT_EQ(x($)++, 4u);
  EXPECT_EQ(++x($), 6u);
  EXPECT_EQ(x($) -= 2, 4u);
  EXPECT_EQ(x($) |= 3, 7u);
  EXPECT_EQ(x($) = 9u, 9u);
  const unsigned value = x($);
  EXPECT_EQ(value, 9u);
  EXPECT_EQ(engine.ops.size(), 7u);
  for (const Op& op : engine.ops) EXPECT_EQ(op.order, std::memory_order_seq_cst);
}

TEST(Atomic, FailedCompareExchangeLoads) {
  SequentialEngine engine;
  rl::atomic<int> x{5};
  int expected = 4;
  EXPECT_FALSE(x($).compare_exchange_strong(expected, 6, rl::mo_acq_rel));
  EXPECT_EQ(expected, 5);
  EXPECT_TRUE(x($).compare_exchange_weak(expected, 6, rl::mo_release, rl::mo_relaxed));
  EXPECT_EQ(x.load(), 6);
}

TEST(Var, IncrementIsAReadAndAWrite) {
  SequentialEngine engine;
  VAR_T(int) x{1};
  VAR(x)++;
  ASSERT_EQ(engine.ops.size(), 3u);
  EXPECT_EQ(engine.ops[1].kind, OpKind::read);
  EXPECT_EQ(engine.ops[2].kind, OpKind::write);
  rl::var<int> y;
  VAR(y) = VAR(x);
  EXPECT_EQ(VAR(y), 2);
}

TEST(Assert, QuotesItsCondition) {
  SequentialEngine engine;
  RL_ASSERT(1 + 1 == 2);
  try {
    RL_ASSERT(1 + 1 == 3);
    FAIL() << "a false assertion must not go on";
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(error.what(), std::string("RL_ASSERT(1 + 1 == 3) failed"));
  }
}

std::vector<std::string> log;

struct Everything : rl::test_suite<Everything, 2> {
  Everything() { log.push_back("constructor"); }
  ~Everything() { log.push_back("destructor"); }
  void before() { log.push_back("before"); }
  void invariant() { log.push_back("invariant"); }
  void thread(unsigned i) { log.push_back("thread " + std::to_string(i)); }
  void after() { log.push_back("after"); }
};

TEST(Suite, RunsItsPartsInOrder) {
  SequentialEngine engine;
  log.clear();
  rl::run<Everything>();
  EXPECT_EQ(log, (std::vector<std::string>{"constructor", "before", "invariant", "thread 0",
                                           "thread 1", "after", "destructor"}));
}

unsigned wanted_threads = 0;

struct Counted : rl::test_suite<Counted, 2> {
  unsigned thread_count() const { return wanted_threads; }
  void thread(unsigned i) { log.push_back(std::to_string(i)); }
};

TEST(Suite, CountsItsThreadsItself) {
  SequentialEngine engine;
  log.clear();
  wanted_threads = 3;
  rl::run<Counted>();
  EXPECT_EQ(log, (std::vector<std::string>{"0", "1", "2"}));
}

TEST(Suite, RefusesNoneAndTooManyThreads) {
  SequentialEngine engine;
  for (const unsigned count : {0u, 65u}) {
    wanted_threads = count;
    log.clear();
    EXPECT_THROW(rl::run<Counted>(), std::runtime_error);
    EXPECT_EQ(engine.last().kind, OpKind::misuse);
    EXPECT_TRUE(log.empty());
  }
  wanted_threads = 64;
  rl::run<Counted>();
  EXPECT_EQ(log.size(), 64u);
}

}  // namespace
