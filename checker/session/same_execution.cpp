#include "checker/session/same_execution.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

namespace heddle {
namespace {

using trace::Step;
using trace::Trace;

bool is_digit(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool is_decimal(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// How many characters the name, the number or the other character takes that a text begins with.
std::size_t token_length(std::string_view text) {
  std::size_t end = 0;
  if (is_letter(text[0])) {  // the digits of a name are no number
    while (end < text.size() && (is_letter(text[end]) || is_decimal(text[end]))) ++end;
    return end;
  }
  if (text.starts_with("0x")) {
    end = 2;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end;
  }
  // The lower half of an address may look like a negative number.
  if (text[0] == '-') end = 1;
  while (end < text.size() && is_decimal(text[end])) ++end;
  return std::max<std::size_t>(end, 1);
}

std::string_view next_token(std::string_view& text) {
  const std::string_view token = text.substr(0, token_length(text));
  text.remove_prefix(token.size());
  return token;
}

/// Whether the number is so large that it may have been computed from an address: three digits in
/// base 16 are a place within a page, which stays.
bool may_vary(std::string_view token) {
  if (token.starts_with("0x")) return token.size() > 2 + 3;
  if (token[0] == '-') token.remove_prefix(1);
  if (token.empty() || !is_decimal(token[0])) return false;
  return token.size() > 4 || (token.size() == 4 && token >= "4096");
}

/// Compares texts up to a renaming of large numbers, which it learns on the way.
class Correspondence {
 public:
  bool same(std::string_view recorded, std::string_view replayed) {
    while (!recorded.empty() && !replayed.empty()) {
      const std::string_view a = next_token(recorded);
      const std::string_view b = next_token(replayed);
      if (may_vary(a) && may_vary(b) ? !correspond(std::string(a), std::string(b)) : a != b) {
        return false;
      }
    }
    return recorded.empty() && replayed.empty();
  }
  bool same_value(const std::optional<std::string>& a, const std::optional<std::string>& b) {
    return a.has_value() == b.has_value() && (!a || same(*a, *b));
  }

 private:
  bool correspond(const std::string& recorded, const std::string& replayed) {
    return replayed_.try_emplace(recorded, replayed).first->second == replayed &&
           recorded_.try_emplace(replayed, recorded).first->second == recorded;
  }

  std::unordered_map<std::string, std::string> replayed_;  // what stands for a recorded one
  std::unordered_map<std::string, std::string> recorded_;
};

std::string quoted(const std::optional<std::string>& text) {
  return text ? "'" + *text + "'" : "nothing";
}

/// What differs between two steps, as the rest of a sentence; "" if nothing does.
std::string difference(const Step& recorded, const Step& replayed, Correspondence& numbers) {
  const auto differ = [](const std::string& what, const std::string& now, const std::string& then) {
    return what + " " + now + " there now, the trace says " + then;
  };
  if (!numbers.same(recorded.object, replayed.object)) {
    return differ("concerns", quoted(replayed.object), quoted(recorded.object));
  }
  if (!numbers.same_value(recorded.read, replayed.read)) {
    return differ("reads", quoted(replayed.read), quoted(recorded.read));
  }
  if (!numbers.same_value(recorded.written, replayed.written)) {
    return differ("writes", quoted(replayed.written), quoted(recorded.written));
  }
  if (recorded.order != replayed.order) {
    return differ("has order", quoted(replayed.order), quoted(recorded.order));
  }
  if (!numbers.same(recorded.note, replayed.note)) {
    return differ("means", quoted(replayed.note), quoted(recorded.note));
  }
  if (recorded.file != replayed.file || recorded.line != replayed.line) {
    return differ("is at", replayed.file + ":" + std::to_string(replayed.line),
                  recorded.file + ":" + std::to_string(recorded.line));
  }
  Step same = replayed;
  same.object = recorded.object;
  same.read = recorded.read;
  same.written = recorded.written;
  same.note = recorded.note;
  same.text = recorded.text;
  return same == recorded ? "" : "is not what the scenario does there now";
}

/// How a trace ends, in a few words.
std::string ending(const Trace& trace) {
  const std::string steps = std::to_string(trace.steps.size()) + " steps";
  if (!trace.violation) return steps;
  const trace::Violation& violation = *trace.violation;
  std::string text = steps + " and '" + std::string(to_string(violation.kind)) + "'";
  if (violation.step != 0) text += " at step " + std::to_string(violation.step);
  if (violation.other_step != 0) text += " with step " + std::to_string(violation.other_step);
  return text;
}

/// Whether both traces end in the same way.
bool same_violation(const std::optional<trace::Violation>& recorded,
                    std::optional<trace::Violation> replayed, Correspondence& numbers) {
  if (!recorded || !replayed) return recorded == replayed;
  if (!numbers.same(recorded->message, replayed->message)) return false;
  replayed->message = recorded->message;
  return recorded == replayed;
}

}  // namespace

void require_same(const Trace& recorded, const Trace& replayed) {
  constexpr const char* misfit = "the trace does not fit the scenario: ";
  Correspondence numbers;
  for (std::size_t i = 0; i < recorded.steps.size() && i < replayed.steps.size(); ++i) {
    const std::string what = difference(recorded.steps[i], replayed.steps[i], numbers);
    if (what.empty()) continue;
    throw std::runtime_error(misfit + ("step " + std::to_string(i + 1)) + " " + what);
  }
  if (recorded.steps.size() != replayed.steps.size() ||
      !same_violation(recorded.violation, replayed.violation, numbers)) {
    throw std::runtime_error(std::string(misfit) +
                             "the execution ends in another way than recorded, with " +
                             ending(replayed) + " instead of " + ending(recorded));
  }
}

}  // namespace heddle
