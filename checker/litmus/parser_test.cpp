#include <gtest/gtest.h>

#include "checker/litmus/litmus.hpp"

namespace heddle::litmus {
namespace {

/// A test with one thread of that code, which knows the objects x (atomic) and p (plain).
Test with_code(const std::string& code) {
  return parse("C t\n{}\nP0 (atomic_int* x, int* p) {" + code + "}\n", "t.litmus");
}

const Expression& first_value(const Test& test) { return *test.threads[0].body[0].value; }

/// The tree as text, each operation in parentheses.
std::string show(const Expression& expression) {
  if (expression.kind == ExpressionKind::number) return std::to_string(expression.value);
  if (expression.kind == ExpressionKind::local) return expression.name;
  if (expression.kind == ExpressionKind::read) return "*" + expression.name;
  std::string text = "(" + std::to_string(static_cast<int>(expression.operation));
  for (const Expression& operand : expression.operands) text += " " + show(operand);
  return text + ")";
}

std::string op(Operator operation) { return std::to_string(static_cast<int>(operation)); }

TEST(Parser, InitialStates) {
  const auto test = parse(
      "C t\n{ x=1; [y]=2; int z=3; atomic_int a = 4; _Atomic int b=-5; volatile int c; "
      "0:r9=6; P0:r8=0x7; d }\nP0 () { int r0 = r9; }",
      "t.litmus");
  std::string objects;
  for (const Object& object : test.objects) {
    objects += object.name + "=" + std::to_string(object.initial) + (object.atomic ? "a " : " ");
  }
  EXPECT_EQ(objects, "a=4a b=-5a c=0 d=0 x=1 y=2 z=3 ");
  ASSERT_EQ(test.threads[0].registers, (std::vector<std::string>{"r9", "r8", "r0"}));
  EXPECT_EQ(test.threads[0].initial, (std::vector<std::int32_t>{6, 7, 0}));
}

TEST(Parser, Parameters) {
  const auto test = parse(
      "C t\n{}\nvoid P3 (atomic_int *a, const volatile int* b, _Atomic(int)* c, int32_t* const d,"
      " volatile _Atomic int* e, int volatile* f) {}\nP1(void) {}",
      "t.litmus");
  ASSERT_EQ(test.threads.size(), 2U);
  EXPECT_EQ(test.threads[0].number, 3U);
  std::string parameters;
  for (const Parameter& each : test.threads[0].parameters) {
    parameters += each.name + (each.atomic ? "+" : "-");
  }
  EXPECT_EQ(parameters, "a+b-c+d-e+f-");
}

TEST(Parser, PrecedencesAreThoseOfC) {
  using enum Operator;
  const auto test = with_code("int r0 = 1 + 2 * 3 - 4 << 5 < 6 == 7 & 8 ^ 9 | 10 && 11 || 12;");
  const std::string sum = "(" + op(subtract) + " (" + op(add) + " 1 (" + op(multiply) + " 2 3)) 4)";
  const std::string compared =
      "(" + op(equal) + " (" + op(less) + " (" + op(shift_left) + " " + sum + " 5) 6) 7)";
  EXPECT_EQ(show(first_value(test)), "(" + op(logical_or) + " (" + op(logical_and) + " (" +
                                         op(bit_or) + " (" + op(bit_xor) + " (" + op(bit_and) +
                                         " " + compared + " 8) 9) 10) 11) 12)");
}

TEST(Parser, UnaryOperatorsAndCasts) {
  using enum Operator;
  EXPECT_EQ(show(first_value(with_code("int r0 = -~!+(int)(void)-2147483648;"))),
            "(" + op(negate) + " (" + op(complement) + " (" + op(logical_not) + " (" + op(plus) +
                " -2147483648))))");
  EXPECT_EQ(show(first_value(with_code("int r0 = 3-1;"))), "(" + op(subtract) + " 3 1)");
  EXPECT_EQ(show(first_value(with_code("int r0 = *(p);"))), "*p");
}

TEST(Parser, CallsWithAndWithoutOrders) {
  const auto test = with_code(
      "atomic_fetch_xor_explicit(x, 3, memory_order_acq_rel); int r0 = 1;"
      "int r1 = atomic_compare_exchange_weak_explicit(x, &r0, 2, memory_order_release,"
      " memory_order_relaxed); atomic_compare_exchange_strong(x, p, 4); atomic_store(x, r0);");
  const Expression& fetch = *test.threads[0].body[0].value;
  EXPECT_EQ(fetch.called, api::OpKind::fetch_xor);
  EXPECT_EQ(fetch.order, std::memory_order_acq_rel);
  const Expression& weak = *test.threads[0].body[2].value;
  EXPECT_TRUE(weak.weak && weak.expected_is_local);
  EXPECT_EQ(weak.order, std::memory_order_release);
  EXPECT_EQ(weak.failure_order, std::memory_order_relaxed);
  const Expression& strong = *test.threads[0].body[3].value;
  EXPECT_FALSE(strong.weak || strong.expected_is_local);
  EXPECT_EQ(strong.failure_order, std::memory_order_seq_cst);
  EXPECT_EQ(test.threads[0].body[4].value->order, std::memory_order_seq_cst);
}

TEST(Parser, Statements) {
  const auto test = with_code(
      "int r0; r0 = 1; *p = r0; *(p) = 2; if (r0) *p = 3; else if (r0 == 2) { int r1 = 1; } "
      "else { int r1 = 2; } ; { int r2; } if (r0) ; (void) atomic_load(x); "
      "atomic_thread_fence(memory_order_seq_cst);");
  EXPECT_EQ(test.threads[0].body.size(), 9U);
  // Equal names in scopes that do not overlap are one register, as in herd7.
  EXPECT_EQ(test.threads[0].registers, (std::vector<std::string>{"r0", "r1", "r2"}));
}

TEST(Parser, AnElseBelongsToTheNearestIf) {
  const auto test = with_code("int r0 = 1; if (r0) if (r0) r0 = 2; else r0 = 3;");
  EXPECT_TRUE(test.threads[0].body[1].otherwise.empty());
  EXPECT_EQ(test.threads[0].body[1].body[0].otherwise.size(), 1U);
}

TEST(Parser, AccessesDecideWhatIsAtomic) {
  const auto test = parse(
      "C t\n{ e=1; }\nP0 (int* x, int* p, atomic_int* e) { atomic_store(x, 1); *p = 1;"
      " atomic_compare_exchange_strong(x, e, 2); }",
      "t.litmus");
  std::string kinds;
  for (const Object& object : test.objects) kinds += object.name + (object.atomic ? "+" : "-");
  EXPECT_EQ(kinds, "e-p-x+");
}

TEST(Parser, DashesStandForTheNameOfTheFile) {
  EXPECT_EQ(parse("C --\n{}\nP0 () {}", "some/folder/SB.x.litmus").name, "SB.x");
}

TEST(Parser, ObservedAreRegistersByThreadThenObjects) {
  const auto test = parse(
      "C t\n{}\nP1 (int* y, int* x) { int b; int a; }\nP0 () { int c; int r10; int r2; }\n"
      "locations [1:b; y; 0:c;]\nexists (x=1 /\\ 1:a=1 /\\ 0:r2=0 /\\ 0:r10=0 /\\ x=2)",
      "t.litmus");
  std::string names;
  for (const Location& each : test.observed) names += each.name + " ";
  EXPECT_EQ(names, "c r10 r2 a b x y ");
  EXPECT_EQ(test.shown, 7U);
}

}  // namespace
}  // namespace heddle::litmus
