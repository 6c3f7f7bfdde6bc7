// Processes: a scenario that becomes two, or another program, has no verdict.
#include <cstdarg>
#include <vector>

#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"

namespace {

using heddle::interpose::find_real;
using heddle::interpose::Word;

constexpr heddle::interpose::Family processes{
    .used_by = "", .remedy = "a scenario is one process; start others before the run"};

/// The arguments up to the null pointer, that included.
std::vector<const char*> words_of(const char* word, va_list& rest) {
  std::vector<const char*> words{word};
  while (words.back() != nullptr) words.push_back(va_arg(rest, const char*));
  return words;
}

int become(const char* function, const char* program, const std::vector<const char*>& words,
           char* const* environment) {
  const auto word = [](const void* pointer) { return reinterpret_cast<Word>(pointer); };
  return static_cast<int>(
      find_real(function)(word(program), word(words.data()), word(environment), 0, 0, 0, 0, 0));
}

}  // namespace

HEDDLE_REFUSE(fork, processes)
HEDDLE_REFUSE(_Fork, processes)
HEDDLE_REFUSE(daemon, processes)
HEDDLE_REFUSE(clone, processes)
HEDDLE_REFUSE(execv, processes)
HEDDLE_REFUSE(execve, processes)
HEDDLE_REFUSE(execvp, processes)
HEDDLE_REFUSE(execvpe, processes)
HEDDLE_REFUSE(execveat, processes)
HEDDLE_REFUSE(fexecve, processes)
HEDDLE_REFUSE(posix_spawn, processes)
HEDDLE_REFUSE(posix_spawnp, processes)
HEDDLE_REFUSE(system, processes)
HEDDLE_REFUSE(popen, processes)
HEDDLE_REFUSE(wait, processes)
HEDDLE_REFUSE(wait3, processes)
HEDDLE_REFUSE(wait4, processes)
HEDDLE_REFUSE(waitpid, processes)
HEDDLE_REFUSE(waitid, processes)

// The child must not return from a function that its parent has yet to return from. POSIX allows
// what fork() does.
HEDDLE_INTERPOSE(vfork) {
  heddle::interpose::refuse_in_scenario("vfork", processes);
  return find_real("fork")(a, b, c, d, e, f, g, h);
}

// These have any number of arguments.
extern "C" {
[[gnu::weak]] int heddle_interposed_execl(const char* path, const char* word, ...) asm("execl");
[[gnu::weak]] int heddle_interposed_execlp(const char* file, const char* word, ...) asm("execlp");
[[gnu::weak]] int heddle_interposed_execle(const char* path, const char* word, ...) asm("execle");
}

int heddle_interposed_execl(const char* path, const char* word, ...) {
  heddle::interpose::refuse_in_scenario("execl", processes);
  va_list rest;
  va_start(rest, word);
  const auto words = words_of(word, rest);
  va_end(rest);
  return become("execv", path, words, nullptr);
}

int heddle_interposed_execlp(const char* file, const char* word, ...) {
  heddle::interpose::refuse_in_scenario("execlp", processes);
  va_list rest;
  va_start(rest, word);
  const auto words = words_of(word, rest);
  va_end(rest);
  return become("execvp", file, words, nullptr);
}

int heddle_interposed_execle(const char* path, const char* word, ...) {
  heddle::interpose::refuse_in_scenario("execle", processes);
  va_list rest;
  va_start(rest, word);
  const auto words = words_of(word, rest);
  char* const* environment = va_arg(rest, char* const*);
  va_end(rest);
  return become("execve", path, words, environment);
}

namespace heddle::interpose {

void refuse_processes() {}

}  // namespace heddle::interpose
