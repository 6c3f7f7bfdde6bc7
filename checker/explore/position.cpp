#include "checker/explore/position.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "checker/graph/assert.hpp"

namespace heddle::explore {
namespace {

constexpr const char* beginning_text = "beginning";

bool has_more(const Choice& choice) { return choice.taken + 1 < choice.end; }

/// Reads a number that ends with `end`; moves `at` behind it. Returns false if there is none.
bool read(const char*& at, const char* last, char end, std::uint32_t& number) {
  const auto [stop, error] = std::from_chars(at, last, number);
  if (error != std::errc() || stop == at) return false;
  const bool is_over = stop == last;
  if (is_over ? end != '\0' : *stop != end) return false;
  at = is_over ? stop : stop + 1;
  return true;
}

}  // namespace

Position Position::beginning() {
  Position position;
  position.is_beginning_ = true;
  return position;
}

bool Position::is_done() const {
  return !is_beginning_ && std::none_of(choices_.begin(), choices_.end(), has_more);
}

double Position::left() const {
  double left = is_beginning_ ? 1 : 0;
  double share = 1;
  for (const Choice& choice : choices_) {
    share /= choice.moves;
    left += share * (choice.end - choice.taken - 1);
  }
  return left;
}

Position Position::split() {
  const auto outermost = std::find_if(choices_.begin(), choices_.end(), has_more);
  HEDDLE_ASSERT(outermost != choices_.end());
  const std::uint32_t next = outermost->taken + 1;
  const std::uint32_t middle = next + (outermost->end - next) / 2;
  std::vector<Choice> farther(choices_.begin(), outermost + 1);
  farther.back().taken = middle - 1;
  outermost->end = middle;
  // What is outside of it has nothing left, and is given away with nothing left.
  return Position(std::move(farther));
}

Position Position::with_all_behind() const {
  Position all = *this;
  for (Choice& choice : all.choices_) choice.end = choice.moves;
  return all;
}

std::string Position::text() const {
  if (is_beginning_) return beginning_text;
  std::string text;
  for (const Choice& choice : choices_) {
    if (!text.empty()) text += ' ';
    text += std::to_string(choice.taken) + '/' + std::to_string(choice.end) + '/' +
            std::to_string(choice.moves);
  }
  return text;
}

Position Position::from(const std::string& text) {
  if (text == beginning_text) return beginning();
  std::vector<Choice> choices;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, blank - at);
    const char* next = word.data();
    const char* const last = next + word.size();
    Choice choice;
    const bool is_one = read(next, last, '/', choice.taken) && read(next, last, '/', choice.end) &&
                        read(next, last, '\0', choice.moves) && choice.taken < choice.end &&
                        choice.end <= choice.moves;
    if (!is_one) throw std::invalid_argument("'" + word + "' is no choice of a search");
    choices.push_back(choice);
    at = blank + 1;
  }
  return Position(std::move(choices));
}

}  // namespace heddle::explore
