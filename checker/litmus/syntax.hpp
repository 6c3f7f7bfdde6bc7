// A litmus test as a tree: what the parser builds, the check completes and the scenario interprets.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/api/op.hpp"
#include "checker/litmus/position.hpp"

namespace heddle::litmus {

/// Most of each that a test may have; more are refused with the place of the first that is too
/// many.
inline constexpr std::uint32_t most_threads = 16;
inline constexpr std::uint32_t most_objects = 64;
inline constexpr std::uint32_t most_registers = 64;  // of one thread
inline constexpr std::uint32_t most_saved = 256;     // registers that conditions name
inline constexpr std::uint32_t deepest_nesting = 100;
inline constexpr std::size_t longest_file = 1 << 20;  // bytes
inline constexpr std::uint32_t most_events = 4'000;   // of one execution, bookkeeping included

/// Stands for an object or register that the check has not resolved.
inline constexpr std::uint32_t unresolved = ~std::uint32_t{0};

enum class Operator : std::uint8_t {
  multiply,
  divide,
  remainder,
  add,
  subtract,
  shift_left,
  shift_right,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  bit_and,
  bit_xor,
  bit_or,
  logical_and,
  logical_or,
  negate,  // unary from here on
  plus,
  complement,
  logical_not,
};

enum class ExpressionKind : std::uint8_t {
  number,     // value
  local,      // name, index: a register
  read,       // name, index: plain read of an object
  operation,  // one of two operands, or of one
  call,       // atomic operation or fence: called, name, index, order, failure_order, operands
};

/// An expression. Which members count depends on its kind.
struct Expression {
  ExpressionKind kind = ExpressionKind::number;
  Operator operation = Operator::add;
  api::OpKind called = api::OpKind::load;  // of a call
  bool weak = false;                       // compare_exchange that may fail spuriously
  bool expected_is_local = false;          // compare_exchange: &r instead of an object
  std::memory_order order = std::memory_order_seq_cst;
  std::memory_order failure_order = std::memory_order_seq_cst;
  std::int32_t value = 0;
  std::uint32_t height = 1;  // of the tree below and with this node
  Position at;
  std::string name;  // of the register or object
  std::uint32_t index = unresolved;
  std::string expected;  // of compare_exchange: the register or plain object with what is expected
  std::uint32_t expected_index = unresolved;
  Position expected_at;
  std::vector<Expression> operands;
};

enum class StatementKind : std::uint8_t {
  declare,   // int name = value; or int name;
  assign,    // name = value;
  write,     // *name = value;
  evaluate,  // value;
  branch,    // if (value) { body } else { otherwise }
  block,     // { body }
};

struct Statement {
  StatementKind kind = StatementKind::block;
  Position at;
  std::string name;  // of the register or object
  std::uint32_t index = unresolved;
  std::optional<Expression> value;
  std::vector<Statement> body;
  std::vector<Statement> otherwise;
};

/// A pointer to a shared object, by whose name the thread knows it.
struct Parameter {
  std::string name;
  bool atomic = false;
  Position at;
};

struct Thread {
  std::uint32_t number = 0;  // 1 of "P1"
  Position at;
  std::vector<Parameter> parameters;
  std::vector<Statement> body;
  std::vector<std::string> registers;  // filled by the check
  std::vector<std::int32_t> initial;   // their values at the start
};

/// An int that threads share.
struct Object {
  std::string name;
  std::int32_t initial = 0;
  bool atomic = false;  // declared so or accessed so: the check decides
  Position at;
};

/// A register ("0:r0") or a shared object ("[x]") that a condition speaks of.
struct Location {
  bool is_register = false;
  std::uint32_t thread = 0;  // number of the register's thread
  std::string name;
  Position at;
  std::uint32_t slot = unresolved;  // its place in Test::observed
};

enum class PropositionKind : std::uint8_t {
  always,  // true
  never,   // false
  equals_value,
  equals_location,
  negation,
  conjunction,
  disjunction,
  implication,
};

struct Proposition {
  PropositionKind kind = PropositionKind::always;
  Location left;
  Location right;
  std::int32_t value = 0;
  std::vector<Proposition> operands;
};

enum class Quantifier : std::uint8_t { exists, not_exists, forall };

/// What `{ ... }` before the threads says of one object or register.
struct Initial {
  Location location;
  std::int32_t value = 0;
  bool declares = false;  // with a type
  bool atomic = false;    // which is atomic
};

struct Test {
  std::string name;
  std::string file;  // for messages and source positions
  std::vector<Initial> initial;
  std::vector<Thread> threads;
  Quantifier quantifier = Quantifier::forall;
  Proposition condition;
  std::optional<Proposition> filter;
  std::vector<Location> locations;  // of `locations [...]`

  // Filled by the check:
  std::vector<Object> objects;  // sorted by name
  /// What final states show, then what only the filter names; each part has registers by thread
  /// and name, then objects by name.
  std::vector<Location> observed;
  std::size_t shown = 0;  // how many of `observed` final states show
};

}  // namespace heddle::litmus
