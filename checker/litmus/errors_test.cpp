// What is refused, with the place and the words.
#include <gtest/gtest.h>

#include "checker/litmus/litmus.hpp"

namespace heddle::litmus {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::string says;  // begins with LINE:COLUMN
};

void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

/// Code in line 4 of a test whose thread knows x (atomic) and p (plain).
std::string code(const std::string& line) {
  return "C t\n{}\nP0 (atomic_int* x, int* p) {\n" + line + "\n}\nexists (x=1)\n";
}

std::string condition(const std::string& line) {
  return "C t\n{}\nP0 (atomic_int* x) { int r0 = atomic_load(x); }\n" + line + "\n";
}

std::string many_threads() {
  std::string text = "C t\n{}\n";
  for (int i = 0; i < 17; ++i) text += "P" + std::to_string(i) + " () {}\n";
  return text;
}

std::string many_objects() {
  std::string text = "C t\n{\n";
  for (int i = 0; i < 65; ++i) text += "x" + std::to_string(i) + "=0;\n";
  return text + "}\nP0 () {}";
}

std::string many_registers() {
  std::string text;
  for (int i = 0; i < 65; ++i) text += "int r" + std::to_string(i) + ";";
  return text;
}

class Refused : public testing::TestWithParam<Case> {};

TEST_P(Refused, WithPlaceAndReason) {
  try {
    parse(GetParam().text, "t.litmus");
    FAIL() << "accepted";
  } catch (const Error& error) {
    const std::string what = error.what();
    EXPECT_TRUE(what.starts_with(GetParam().says)) << what;
    EXPECT_EQ(what.find('\n'), std::string::npos) << what;
    EXPECT_LT(what.size(), 300U) << what;
  }
}

std::string name_of(const testing::TestParamInfo<Case>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Files, Refused,
    testing::Values(
        Case{"Empty", "", "1:1: the file is empty"},
        Case{"Blank", "\n\n  \n", "4:1: the file is empty"},
        Case{"Junk",
             std::string("\x7f"
                         "ELF\0\1",
                         6),
             "1:1: expected 'C NAME', the language and "
             "name of the test, not byte 0x7f"},
        Case{"LongLine", "C t\n{}\n" + repeated("P0 ", longest_file),
             "1:1: the file has more than"},
        Case{"OtherLanguage", "X86 SB\n{}", "1:1: tests in 'X86' are not supported"},
        Case{"NoName", "C\n{}", "1:2: expected the name of the test"},
        Case{"LongName", "C " + std::string(201, 'a'), "1:3: the name of the test is longer"},
        Case{"OnlyHeader", "C t\n", "2:1: expected the initial state in braces, not end of file"},
        Case{"TextBeforeInitialState", "C t\nhello\n{}", "2:1: expected a line KEY=VALUE"},
        Case{"OpenQuote", "C t\n\"abc\n", "2:1: the text that begins here has no closing"},
        Case{"OpenCommentInHeader", "C t\n(* (* *)\n{}", "2:1: the comment that begins here"},
        Case{"OpenCommentInCode", code("/* x"), "4:1: the comment that begins here has no end"},
        Case{"OpenCommentInState", "C t\n{ (* x", "2:3: the comment that begins here has no end"},
        Case{"StrangeByte", code("int r0 = 1 @ 2;"), "4:12: unexpected '@'"},
        Case{"NullByte", "C t\n{}\n" + std::string(3, '\0'), "3:1: unexpected byte 0x00"},
        Case{"NotAscii", code("int \xc3\xa9 = 1;"), "4:5: unexpected byte 0xc3"},
        Case{"NoThread", "C t\n{}\nexists (x=1)", "3:1: expected a thread"},
        Case{"OpenBlock", "C t\n{}\nP0 () {\nint r0;\n", "3:7: the block that begins here"},
        Case{"OpenState", "C t\n{ x=1;\n", "3:1: expected an object"},
        Case{"TextBehind", condition("exists (x=1) x"), "4:14: expected end of file"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    InitialStates, Refused,
    testing::Values(
        Case{"Array", "C t\n{ int x[2]; }", "2:8: arrays are not supported"},
        Case{"Pointer", "C t\n{ int* p; }", "2:3: pointers are not supported"},
        Case{"Address", "C t\n{ p=x; }", "2:5: expected an integer, not 'x'"},
        Case{"Type", "C t\n{ int64_t x=1; }", "2:3: type 'int64_t' is not supported"},
        Case{"UnknownType", "C t\n{ foo x=1; }", "2:3: unknown type 'foo'"},
        Case{"Twice", "C t\n{ x=1; [x]=2; }\nP0 () {}", "2:8: object 'x' has two initial values"},
        Case{"RegisterTwice", "C t\n{ 0:r=1; 0:r=1; }\nP0 () {}", "2:10: register 'r' has two"},
        Case{"NoSuchThread", "C t\n{ 1:r=1; }\nP0 () {}", "2:3: there is no thread P1"},
        Case{"Octal", "C t\n{ x=010; }", "2:5: '010' is octal in C"},
        Case{"TooLarge", "C t\n{ x=2147483648; }", "2:5: '2147483648' does not fit"},
        Case{"NoNumber", "C t\n{ x=1a; }", "2:5: '1a' is not an integer"},
        Case{"ManyObjects", many_objects(), "67:1: more than 64 objects"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Threads, Refused,
    testing::Values(
        Case{"SameNumber", "C t\n{}\nP0 () {}\nP0 () {}", "4:1: there are two threads P0"},
        Case{"TooMany", many_threads(), "19:1: more than 16 threads"},
        Case{"ParameterByValue", "C t\n{}\nP0 (int x) {}", "3:5: parameter 'x' must be a pointer"},
        Case{"PointerToPointer", "C t\n{}\nP0 (int** x) {}", "3:5: parameter 'x' is a pointer to"},
        Case{"Mutex", "C t\n{}\nP0 (mtx_t* m) {}", "3:5: type 'mtx_t' is not supported"},
        Case{"SameParameter", "C t\n{}\nP0 (int* x, int* x) {}", "3:18: two parameters"},
        Case{"Regions", "C t\n{}\nP0 () {}\nregions: x:PROP", "4:1: expected a thread"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Code, Refused,
    testing::Values(
        Case{"Undeclared", code("atomic_store(x, r0);"), "4:17: undeclared variable 'r0'"},
        Case{"OutOfScope", code("{ int r0; } r0 = 1;"), "4:13: undeclared variable 'r0'"},
        Case{"UndeclaredObject", code("atomic_store(y, 1);"), "4:1: object 'y' is undeclared"},
        Case{"Twice", code("int r0; int r0;"), "4:13: register 'r0' is declared twice"},
        Case{"Shadowing", code("int r0; { int r0; }"), "4:15: register 'r0' is declared twice"},
        Case{"HidesParameter", code("int x;"), "4:5: 'x' is a parameter already"},
        Case{"PointerAsValue", code("int r0 = x;"), "4:10: 'x' is a pointer"},
        Case{"While", code("while (1) {}"), "4:1: loops and jumps are not supported: 'while'"},
        Case{"For", code("for (;;) {}"), "4:1: loops and jumps are not supported: 'for'"},
        Case{"Return", code("return;"), "4:1: this statement is not supported: 'return'"},
        Case{"UnknownFunction", code("atomic_lod(x);"), "4:1: unknown function 'atomic_lod'"},
        Case{"Linux", code("int r0 = READ_ONCE(*x);"), "4:10: unknown function 'READ_ONCE'"},
        Case{"LinuxInternal", code("__fence{mb};"), "4:1: unknown function '__fence'"},
        Case{"FewArguments", code("atomic_store(x);"), "4:15: expected ','"},
        Case{"ManyArguments", code("atomic_load(x, 1);"), "4:14: expected ')'"},
        Case{"NoOrder", code("atomic_load_explicit(x, 1);"), "4:25: expected a memory order"},
        Case{"BadOrder", code("atomic_load_explicit(x, acquire);"), "4:25: expected a memory"},
        Case{"Consume", code("atomic_load_explicit(x, memory_order_consume);"), "4:25: memory_"},
        Case{"LoadRelease", code("atomic_load_explicit(x, memory_order_release);"),
             "4:25: C11 does not allow a load"},
        Case{"StoreAcquire", code("atomic_store_explicit(x, 1, memory_order_acquire);"),
             "4:29: C11 does not allow a store"},
        Case{"FailureRelease",
             code("atomic_compare_exchange_weak_explicit(x,p,1,memory_order_release,"
                  "memory_order_release);"),
             "4:66: C11 does not allow a failed compare_exchange"},
        Case{"Mixed", "C t\n{}\nP0 (int* x) {\natomic_store(x, 1);\n*x = 1; }",
             "5:1: object 'x' is accessed here as plain data, and as an atomic at 4:1"},
        Case{"MixedOtherWay", "C t\n{}\nP0 (int* x) {\n*x = 1;\natomic_store(x, 1); }",
             "5:1: object 'x' is accessed here as an atomic, and as plain data at 4:1"},
        Case{"PlainReadOfAtomic", code("int r0 = *x;"), "4:10: plain access to 'x'"},
        Case{"NoOrderBetweenReads", code("int r0 = *p + atomic_load(x);"), "4:13: C leaves the"},
        Case{"ValueOfStore", code("int r0 = atomic_store(x, 1);"), "4:10: a store or fence has no"},
        Case{"Address", code("int r0 = &x;"), "4:10: addresses are not supported"},
        Case{"AddressArithmetic", code("int r0 = atomic_load(x + 1);"), "4:22: only the name of"},
        Case{"Increment", code("int r0; r0++;"), "4:11: expected '=' after 'r0', not '++'"},
        Case{"AddAssign", code("int r0; r0 += 1;"), "4:12: expected '=' after 'r0', not '+='"},
        Case{"TwoPerStatement", code("int r0, r1;"), "4:7: declare one register per statement"},
        Case{"LocalPointer", code("int* r0 = x;"), "4:6: register 'r0' must be a plain int"},
        Case{"LocalAtomic", code("atomic_int r0;"), "4:12: register 'r0' must be a plain int"},
        Case{"LocalLong", code("long r0;"), "4:1: type 'long' is not supported"},
        Case{"Float", code("int r0 = 1.5;"), "4:11: expected ';'"},
        Case{"NoSemicolon", code("int r0 = 1"), "5:1: expected ';' after the statement"},
        Case{"ElseAlone", code("else ;"), "4:1: 'else' without 'if'"},
        Case{"ManyRegisters", code(many_registers()), "4:"},
        Case{"DeepBlocks", code(repeated("{", 200000)), "4:"},
        Case{"DeepParentheses", code("int r0 = " + repeated("(", 200000)), "4:"},
        Case{"DeepUnary", code("int r0 = " + repeated("-", 200000)), "4:"},
        Case{"DeepIfs", code("int r0; " + repeated("if (r0) ", 100000)), "4:"},
        Case{"DeepElseIfs", code("int r0; " + repeated("if (r0) ; else ", 60000)), "4:"},
        Case{"DeepCasts", code("int r0 = " + repeated("(int)", 100000)), "4:"},
        Case{"LongChain", code("int r0 = 1" + repeated("+1", 200000) + ";"), "4:"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Conditions, Refused,
    testing::Values(
        Case{"NoSuchRegister", condition("exists (0:r1=1)"), "4:9: thread P0 has no register 'r1'"},
        Case{"NoSuchThread", condition("exists (1:r0=1)"), "4:9: there is no thread P1"},
        Case{"NoSuchObject", condition("exists (y=1)"), "4:9: there is no object 'y'"},
        Case{"NoSuchLocation", condition("locations [0:r9]"), "4:12: thread P0 has no register"},
        Case{"NoSuchFilter", condition("filter (z=1)\nexists (x=1)"), "4:9: there is no object"},
        Case{"Address", condition("exists (0:r0=x)"), "4:14: addresses are not supported"},
        Case{"NoValue", condition("exists (0:r0)"), "4:13: expected '=' or '!='"},
        Case{"Open", condition("exists (x=1"), "5:1: expected ')' in the condition"},
        Case{"Operator", condition("exists (x=1 && x=2)"), "4:13: expected ')'"},
        Case{"Faults", condition("exists (fault(P0))"), "4:14: expected '='"},
        Case{"DeepNegations", condition("exists " + repeated("~", 200000)), "4:"},
        Case{"DeepParentheses", condition("exists " + repeated("(", 200000)), "4:"},
        Case{"DeepImplications", condition("exists x=1" + repeated(" => x=1", 100000)), "4:"}),
    name_of);

}  // namespace
}  // namespace heddle::litmus
