#include "checker/oracle/generate.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace heddle::oracle {
namespace {

using namespace ops;

/// The code of one thread as letters of an alphabet. Letter 2k is instruction k at location 0, 2k +
/// 1 at location 1.
using Word = std::vector<int>;

/// What one thread may do. A fence, which has no location, occupies two letters; only the even one
/// is used.
using Alphabet = std::vector<Instruction>;

void add_letters(Alphabet& alphabet, const Instruction& in) {
  for (int location = 0; location < 2; ++location) {
    alphabet.push_back(in);
    if (in.kind != Kind::fence) alphabet.back().location = location;
  }
}

bool is_fence(const Alphabet& alphabet, int letter) {
  return alphabet[static_cast<std::size_t>(letter)].kind == Kind::fence;
}

bool writes(Kind kind) { return kind != Kind::load && kind != Kind::fence; }

/// A word with the two locations exchanged.
Word exchanged(const Alphabet& alphabet, Word word) {
  for (int& letter : word) {
    if (!is_fence(alphabet, letter)) letter ^= 1;
  }
  return word;
}

/// Whether every location in use is used by two threads and written.
bool interesting(const Alphabet& alphabet, const std::vector<const Word*>& threads) {
  std::array<int, 2> of_threads{};
  std::array<bool, 2> written{};
  for (const Word* word : threads) {
    std::array<bool, 2> used{};
    for (const int letter : *word) {
      const Instruction& in = alphabet[static_cast<std::size_t>(letter)];
      if (in.kind == Kind::fence) continue;
      const auto location = static_cast<std::size_t>(in.location);
      used[location] = true;
      written[location] = written[location] || writes(in.kind);
    }
    for (std::size_t l = 0; l < 2; ++l) of_threads[l] += used[l] ? 1 : 0;
  }
  for (std::size_t l = 0; l < 2; ++l) {
    if (of_threads[l] == 1 || (of_threads[l] > 1 && !written[l])) return false;
  }
  return true;
}

/// Whether the program comes first among itself and its image with the locations exchanged.
bool canonical(const Alphabet& alphabet, const std::vector<const Word*>& threads) {
  std::vector<Word> image;
  for (const Word* word : threads) image.push_back(exchanged(alphabet, *word));
  std::sort(image.begin(), image.end());
  for (std::size_t t = 0; t < threads.size(); ++t) {
    if (*threads[t] != image[t]) return *threads[t] < image[t];
  }
  return true;
}

/// Every store gets a value of its own, so that final states tell where values came from.
Program spell(const Alphabet& alphabet, const std::vector<const Word*>& threads,
              const std::string& name) {
  Program program{.name = name};
  int value = 1;
  for (const Word* word : threads) {
    std::vector<Instruction> code;
    for (const int letter : *word) {
      Instruction in = alphabet[static_cast<std::size_t>(letter)];
      in.value = constant(in.kind == Kind::fetch_add ? 10 : value++);
      code.push_back(in);
    }
    program.add(std::move(code));
  }
  return program;
}

/// All words of up to `length` letters over alphabet[from, to). Fences only stand between two
/// accesses.
void add_words(const Alphabet& alphabet, int from, int to, std::size_t length,
               std::set<Word>& words) {
  std::vector<Word> level = {{}};
  for (std::size_t n = 1; n <= length; ++n) {
    std::vector<Word> longer;
    for (const Word& word : level) {
      for (int letter = from; letter < to; ++letter) {
        const bool fence = is_fence(alphabet, letter);
        const bool useless = word.empty() || is_fence(alphabet, word.back()) || letter % 2 == 1;
        if (fence && useless) continue;
        longer.push_back(word);
        longer.back().push_back(letter);
        if (!fence) words.insert(longer.back());
      }
    }
    level = std::move(longer);
  }
}

Alphabet every_order() {
  Alphabet alphabet;
  for (const auto order : {rlx, acq, sc}) add_letters(alphabet, load(0, order));
  for (const auto order : {rlx, rel, sc}) add_letters(alphabet, store(0, 0, order));
  for (const auto order : {rlx, acq_rel, sc}) add_letters(alphabet, fetch_add(0, 0, order));
  for (const auto order : {acq, rel}) add_letters(alphabet, exchange(0, 0, order));
  add_letters(alphabet, cas(0, 0, 0, rlx, rlx));
  add_letters(alphabet, cas(0, 0, 0, acq_rel, acq));
  add_letters(alphabet, cas(0, 0, 0, sc, sc));
  return alphabet;
}

/// What a thread that is all relaxed, all release/acquire or all seq_cst may do.
Alphabet one_order(int which, bool fences) {
  const std::array<std::memory_order, 3> loads = {rlx, acq, sc};
  const std::array<std::memory_order, 3> stores = {rlx, rel, sc};
  const std::array<std::memory_order, 3> updates = {rlx, acq_rel, sc};
  const auto at = static_cast<std::size_t>(which);
  Alphabet alphabet;
  add_letters(alphabet, load(0, loads[at]));
  add_letters(alphabet, store(0, 0, stores[at]));
  add_letters(alphabet, fetch_add(0, 0, updates[at]));
  if (fences && which == 0) add_letters(alphabet, fence(acq));
  if (fences && which == 0) add_letters(alphabet, fence(rel));
  if (fences && which == 0) add_letters(alphabet, fence(acq_rel));
  if (fences) add_letters(alphabet, fence(sc));
  return alphabet;
}

/// Calls `use` with every program of `size` threads out of `words`, modulo symmetry.
std::uint64_t combine(const Alphabet& alphabet, const std::vector<Word>& words, std::size_t size,
                      std::size_t longest, const char* name,
                      const std::function<void(const Program&)>& use) {
  std::uint64_t count = 0;
  std::vector<const Word*> threads;
  const std::function<void(std::size_t)> extend = [&](std::size_t first) {
    if (threads.size() < size) {
      for (std::size_t w = first; w < words.size(); ++w) {
        threads.push_back(&words[w]);
        extend(w);
        threads.pop_back();
      }
      return;
    }
    const bool large = std::any_of(threads.begin(), threads.end(),
                                   [&](const Word* word) { return word->size() >= longest; });
    if (!large || !interesting(alphabet, threads) || !canonical(alphabet, threads)) return;
    use(spell(alphabet, threads, name + std::to_string(count++)));
  };
  extend(0);
  return count;
}

}  // namespace

std::uint64_t for_each_program(Family family, const std::function<void(const Program&)>& use) {
  if (family == Family::release_sequences) return for_each_release_sequence(use);
  if (family == Family::split_threads) return for_each_split_thread(use);
  std::set<Word> words;
  Alphabet alphabet;
  const bool three_threads = family == Family::three_by_two;
  const std::size_t length = family == Family::two_by_three ? 3 : 2;
  if (family == Family::two_by_two) {
    alphabet = every_order();
    add_words(alphabet, 0, static_cast<int>(alphabet.size()), length, words);
  } else {
    for (int which = 0; which < 3; ++which) {
      const auto from = static_cast<int>(alphabet.size());
      const Alphabet more = one_order(which, family == Family::two_by_three);
      alphabet.insert(alphabet.end(), more.begin(), more.end());
      add_words(alphabet, from, static_cast<int>(alphabet.size()), length, words);
    }
  }
  const char* name = family == Family::two_by_two ? "2x2-" : three_threads ? "3x2-" : "2x3-";
  return combine(alphabet, {words.begin(), words.end()}, three_threads ? 3 : 2,
                 family == Family::two_by_three ? 3 : 1, name, use);
}

}  // namespace heddle::oracle
