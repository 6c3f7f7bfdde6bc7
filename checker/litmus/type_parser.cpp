// Types: int and atomic int, with qualifiers.
#include <algorithm>
#include <array>

#include "checker/litmus/parser.hpp"

namespace heddle::litmus {
namespace {

using namespace std::string_view_literals;

constexpr std::array ints = {"int"sv, "int32_t"sv, "atomic_int"sv};
constexpr std::array qualifiers = {"const"sv, "volatile"sv, "_Atomic"sv};

// Types that C has and the engine could not model as one object of 32 bits.
constexpr std::array refused = {
    "char"sv,        "short"sv,       "long"sv,        "unsigned"sv,    "signed"sv,
    "float"sv,       "double"sv,      "bool"sv,        "_Bool"sv,       "void"sv,
    "struct"sv,      "union"sv,       "enum"sv,        "int8_t"sv,      "uint8_t"sv,
    "int16_t"sv,     "uint16_t"sv,    "uint32_t"sv,    "int64_t"sv,     "uint64_t"sv,
    "intptr_t"sv,    "uintptr_t"sv,   "size_t"sv,      "__int128"sv,    "__int128_t"sv,
    "__uint128"sv,   "__uint128_t"sv, "mtx_t"sv,       "spinlock_t"sv,  "atomic_t"sv,
    "atomic"sv,      "atomic_bool"sv, "atomic_char"sv, "atomic_long"sv, "atomic_uint"sv,
    "atomic_flag"sv, "mutex"sv,       "srcu_struct"sv};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool begins_type(const TokenReader& reader) {
  const std::string_view word = reader.peek().text;
  return contains(ints, word) || contains(qualifiers, word) || contains(refused, word);
}

Type parse_type(TokenReader& reader) {
  Type type;
  bool named = false;
  for (;; reader.take()) {
    const Token& next = reader.peek();
    if (contains(refused, next.text)) {
      throw Error(next.at, "type " + quoted(next.text) +
                               " is not supported: objects and registers are ints of 32 bits");
    }
    if (contains(ints, next.text) && !named) {
      named = true;
      type.atomic |= next.text == "atomic_int";
    } else if (contains(qualifiers, next.text)) {
      type.atomic |= next.text == "_Atomic";
      if (next.text == "_Atomic" && reader.peek(1).text == "(") {
        reader.take();
        reader.take();
        if (!contains(ints, reader.peek().text)) reader.unexpected("'int' after '_Atomic('");
        reader.take();
        if (!reader.is(")")) reader.unexpected("')' after the type");
        named = true;
      }
    } else {
      break;
    }
  }
  if (!named) reader.unexpected("a type");
  while (reader.accept("*")) {
    ++type.pointers;
    while (reader.accept("const") || reader.accept("volatile")) {
    }
  }
  return type;
}

}  // namespace heddle::litmus
