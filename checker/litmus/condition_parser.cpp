// What stands behind the threads: `locations [...]`, `filter ...`, and the condition.
#include "checker/litmus/parser.hpp"

namespace heddle::litmus {
namespace {

constexpr std::size_t most_locations = 1000;

class ConditionParser {
 public:
  explicit ConditionParser(TokenReader& reader) : reader_(reader) {}

  void run(Test& test) {
    if (reader_.accept("locations")) locations(test);
    if (reader_.accept("filter")) test.filter = disjunction();
    if (reader_.at_end()) return;  // herd7 takes this as "forall (true)"
    quantified(test);
    reader_.accept(";");
    if (!reader_.at_end()) reader_.unexpected("end of file after the condition");
  }

 private:
  void quantified(Test& test) {
    if (reader_.accept("exists") || reader_.accept("final")) {
      test.quantifier = Quantifier::exists;
    } else if (reader_.is("~") && reader_.peek(1).text == "exists") {
      reader_.take();
      reader_.take();
      test.quantifier = Quantifier::not_exists;
    } else if (reader_.accept("forall")) {
      test.quantifier = Quantifier::forall;
    } else if (reader_.is("(")) {
      test.quantifier = Quantifier::exists;
    } else {
      reader_.unexpected("a thread, 'locations', 'exists', '~exists' or 'forall'");
    }
    test.condition = disjunction();
  }

  void locations(Test& test) {
    reader_.expect("[", "after 'locations'");
    while (!reader_.accept("]")) {
      test.locations.push_back(parse_location(reader_));
      if (test.locations.size() > most_locations) {
        throw Error(test.locations.back().at, "more than 1000 locations");
      }
      if (!reader_.is("]")) reader_.expect(";", "between locations");
    }
  }

  // From the weakest binding to the strongest, as in herd7: \/, /\, =>, ~.
  Proposition disjunction() { return chain("\\/", PropositionKind::disjunction); }

  Proposition chain(std::string_view symbol, PropositionKind kind) {
    const bool outer = kind == PropositionKind::disjunction;
    Proposition first = outer ? chain("/\\", PropositionKind::conjunction) : implication();
    if (!reader_.is(symbol)) return first;
    Proposition result{.kind = kind};
    result.operands.push_back(std::move(first));
    while (reader_.accept(symbol)) {
      result.operands.push_back(outer ? chain("/\\", PropositionKind::conjunction) : implication());
    }
    return result;
  }

  Proposition implication() {
    const Nesting nesting(depth_, reader_.peek().at);
    Proposition left = negation();
    if (!reader_.accept("=>")) return left;
    Proposition result{.kind = PropositionKind::implication};
    result.operands.push_back(std::move(left));
    result.operands.push_back(implication());
    return result;
  }

  Proposition negation() {
    const Nesting nesting(depth_, reader_.peek().at);
    if (reader_.accept("~") || reader_.accept("not")) return negated(negation());
    if (reader_.accept("true")) return {.kind = PropositionKind::always};
    if (reader_.accept("false")) return {.kind = PropositionKind::never};
    if (reader_.accept("(")) {
      Proposition inner = disjunction();
      reader_.expect(")", "in the condition");
      return inner;
    }
    return atom();
  }

  static Proposition negated(Proposition inner) {
    Proposition result{.kind = PropositionKind::negation};
    result.operands.push_back(std::move(inner));
    return result;
  }

  Proposition atom() {
    Proposition result{.kind = PropositionKind::equals_value, .left = parse_location(reader_)};
    const bool differs = reader_.accept("!=") || reader_.accept("<>");
    if (!differs && !reader_.accept("=") && !reader_.accept("==")) {
      reader_.unexpected("'=' or '!=' in the condition");
    }
    const Token& next = reader_.peek();
    if (next.text == "-" || (next.kind == TokenKind::number && reader_.peek(1).text != ":")) {
      result.value = reader_.expect_integer("an integer");
    } else if (next.kind == TokenKind::name && reader_.peek(1).text != ":") {
      throw Error(next.at, "addresses are not supported as values; [" + std::string(next.text) +
                               "] is the value of an object");
    } else {
      reader_.accept("*");
      result.kind = PropositionKind::equals_location;
      result.right = parse_location(reader_);
    }
    return differs ? negated(std::move(result)) : result;
  }

  TokenReader& reader_;
  std::uint32_t depth_ = 0;
};

}  // namespace

void parse_condition(TokenReader& reader, Test& test) { ConditionParser(reader).run(test); }

}  // namespace heddle::litmus
