// A test as a scenario: its tree is interpreted on the API that native scenarios use.
#include <array>
#include <memory>
#include <new>

#include "checker/api/api.hpp"
#include "checker/litmus/litmus.hpp"
#include "checker/litmus/program.hpp"

namespace heddle::litmus {
namespace {

/// Where an object of the API lives. The memory belongs to the main thread; the others know only
/// its address.
struct alignas(8) Cell {
  template <typename T>
  T& as() {
    return *std::launder(reinterpret_cast<T*>(storage.data()));
  }

  std::array<std::byte, 8> storage;
};

using Atomic = api::atomic<std::int32_t>;
using Plain = api::var<std::int32_t>;
static_assert(sizeof(Atomic) <= sizeof(Cell) && sizeof(Plain) <= sizeof(Cell));

/// Arithmetic as a processor does it: modulo 2 to the power of 32.
std::uint32_t bits(std::int32_t value) { return static_cast<std::uint32_t>(value); }
std::int32_t wrapped(std::uint32_t value) { return static_cast<std::int32_t>(value); }

std::int32_t divide(Operator operation, std::int32_t a, std::int32_t b, const api::Site& site) {
  if (b == 0) api::misuse("division by zero", site);
  const bool remainder = operation == Operator::remainder;
  if (b == -1) return remainder ? 0 : wrapped(0U - bits(a));
  return remainder ? a % b : a / b;
}

std::int32_t shift(Operator operation, std::int32_t a, std::int32_t b, const api::Site& site) {
  if (b < 0 || b > 31) api::misuse("shift by less than 0 or more than 31 bits", site);
  return operation == Operator::shift_left ? wrapped(bits(a) << b) : a >> b;
}

std::int32_t apply(Operator operation, std::int32_t a, std::int32_t b, const api::Site& site) {
  switch (operation) {
    case Operator::multiply:
      return wrapped(bits(a) * bits(b));
    case Operator::divide:
    case Operator::remainder:
      return divide(operation, a, b, site);
    case Operator::add:
    case Operator::plus:
      return wrapped(bits(a) + bits(b));
    case Operator::subtract:
    case Operator::negate:
      return wrapped(bits(a) - bits(b));
    case Operator::shift_left:
    case Operator::shift_right:
      return shift(operation, a, b, site);
    case Operator::less:
      return a < b;
    case Operator::less_equal:
      return a <= b;
    case Operator::greater:
      return a > b;
    case Operator::greater_equal:
      return a >= b;
    case Operator::equal:
    case Operator::logical_not:
      return a == b;
    case Operator::not_equal:
      return a != b;
    case Operator::bit_and:
      return a & b;
    case Operator::bit_xor:
      return a ^ b;
    case Operator::bit_or:
      return a | b;
    case Operator::complement:
      return ~b;
    case Operator::logical_and:
    case Operator::logical_or:
      break;  // their right side may not be evaluated
  }
  return 0;
}

/// One thread of the test. It lives on the thread's stack and allocates nothing: all that the
/// thread remembers is there for the checker to see.
class Interpreter {
 public:
  Interpreter(const Program& program, std::size_t thread, Cell* cells)
      : program_(program), thread_(program.test.threads[thread]), cells_(cells) {
    label_ = program.labels[thread].c_str();
    for (std::size_t i = 0; i < thread_.registers.size(); ++i) registers_[i] = thread_.initial[i];
  }

  void run(std::size_t thread) {
    api::name_thread(label_);
    execute(thread_.body);
    const std::size_t objects = program_.test.objects.size();
    for (std::size_t i = 0; i < program_.saved.size(); ++i) {
      const SavedRegister& saved = program_.saved[i];
      if (saved.thread != thread) continue;
      cells_[objects + i].as<Plain>().set(registers_[saved.index], site(thread_.at));
    }
  }

 private:
  api::Site site(Position at) const {
    return api::Site::at(program_.test.file.c_str(), label_, at.line);
  }

  void execute(const std::vector<Statement>& statements) {
    for (const Statement& statement : statements) execute(statement);
  }

  void execute(const Statement& statement) {
    const std::int32_t value = statement.value ? evaluate(*statement.value) : 0;
    switch (statement.kind) {
      case StatementKind::declare:
        if (statement.value) registers_[statement.index] = value;
        break;
      case StatementKind::assign:
        registers_[statement.index] = value;
        break;
      case StatementKind::write:
        cells_[statement.index].as<Plain>().set(value, site(statement.at));
        break;
      case StatementKind::evaluate:
        break;
      case StatementKind::branch:
        execute(value != 0 ? statement.body : statement.otherwise);
        break;
      case StatementKind::block:
        execute(statement.body);
        break;
    }
  }

  std::int32_t evaluate(const Expression& expression) {
    switch (expression.kind) {
      case ExpressionKind::number:
        return expression.value;
      case ExpressionKind::local:
        return registers_[expression.index];
      case ExpressionKind::read:
        return cells_[expression.index].as<Plain>().get(site(expression.at));
      case ExpressionKind::call:
        return call(expression);
      case ExpressionKind::operation:
        break;
    }
    const Operator operation = expression.operation;
    const std::int32_t first = evaluate(expression.operands[0]);
    if (expression.operands.size() == 1) return apply(operation, 0, first, site(expression.at));
    if (operation == Operator::logical_and || operation == Operator::logical_or) {
      const bool decided = (first != 0) == (operation == Operator::logical_or);
      return decided ? first != 0 : evaluate(expression.operands[1]) != 0;
    }
    return apply(operation, first, evaluate(expression.operands[1]), site(expression.at));
  }

  std::int32_t call(const Expression& call) {
    const std::int32_t value = call.operands.empty() ? 0 : evaluate(call.operands[0]);
    const api::Site at = site(call.at);
    if (call.called == api::OpKind::fence) {
      api::fence(call.order, at);
      return 0;
    }
    Atomic& object = cells_[call.index].as<Atomic>();
    switch (call.called) {
      case api::OpKind::load:
        return object.load(call.order, at);
      case api::OpKind::store:
        object.store(value, call.order, at);
        return 0;
      case api::OpKind::exchange:
        return object.exchange(value, call.order, at);
      case api::OpKind::fetch_add:
        return object.fetch_add(value, call.order, at);
      case api::OpKind::fetch_sub:
        return object.fetch_sub(value, call.order, at);
      case api::OpKind::fetch_and:
        return object.fetch_and(value, call.order, at);
      case api::OpKind::fetch_or:
        return object.fetch_or(value, call.order, at);
      case api::OpKind::fetch_xor:
        return object.fetch_xor(value, call.order, at);
      default:
        return compare_exchange(call, object, value);
    }
  }

  std::int32_t compare_exchange(const Expression& call, Atomic& object, std::int32_t desired) {
    const api::Site at = site(call.at);
    Plain* const plain =
        call.expected_is_local ? nullptr : &cells_[call.expected_index].as<Plain>();
    std::int32_t expected =
        plain == nullptr ? registers_[call.expected_index] : plain->get(site(call.expected_at));
    const bool stored =
        call.weak
            ? object.compare_exchange_weak(expected, desired, call.order, call.failure_order, at)
            : object.compare_exchange_strong(expected, desired, call.order, call.failure_order, at);
    if (stored) return 1;
    if (plain == nullptr) {
      registers_[call.expected_index] = expected;
    } else {
      plain->set(expected, site(call.expected_at));
    }
    return 0;
  }

  const Program& program_;
  const Thread& thread_;
  Cell* cells_;
  const char* label_;
  std::array<std::int32_t, most_registers> registers_{};
};

template <typename T>
void construct(Cell& cell, std::int32_t initial, const std::string& label, const api::Site& site) {
  const T& object = *new (cell.storage.data()) T(initial, site);
  api::name(object, label.c_str());
}

/// The main thread: makes all objects, and after them the places for observed registers.
void run_main(const Program& program) {
  const Test& test = program.test;
  std::array<Cell, most_objects + most_saved> cells;
  const std::size_t objects = test.objects.size();
  for (std::size_t i = 0; i < objects; ++i) {
    const Object& object = test.objects[i];
    const auto site = api::Site::at(test.file.c_str(), "main", object.at.line);
    const auto make = object.atomic ? construct<Atomic> : construct<Plain>;
    make(cells[i], object.initial, object.name, site);
  }
  for (std::size_t i = 0; i < program.saved.size(); ++i) {
    construct<Plain>(
        cells[objects + i], 0, program.saved[i].label,
        api::Site::at(test.file.c_str(), "main", test.threads[program.saved[i].thread].at.line));
  }
  std::array<std::uint32_t, most_threads> numbers{};
  for (std::size_t i = 0; i < test.threads.size(); ++i) {
    Cell* const base = cells.data();
    const Program* const shared = &program;
    numbers[i] = api::spawn([=] { Interpreter(*shared, i, base).run(i); },
                            api::Site::at(test.file.c_str(), "main", test.threads[i].at.line));
  }
  for (std::size_t i = 0; i < test.threads.size(); ++i) api::join(numbers[i]);
  for (std::size_t i = objects + program.saved.size(); i > 0; --i) {
    if (i <= objects && test.objects[i - 1].atomic) {
      cells[i - 1].as<Atomic>().~Atomic();
    } else {
      cells[i - 1].as<Plain>().~Plain();
    }
  }
}

}  // namespace

Scenario to_scenario(const Test& test) {
  const auto program = std::make_shared<const Program>(test);
  return {.name = test.name, .body = [program] { run_main(*program); }};
}

}  // namespace heddle::litmus
