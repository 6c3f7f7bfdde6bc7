// Functions of the C library that return blocks: the library would call malloc() from within, where
// what is kept can't be told from what is given away.
#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "checker/fiber/sanitizer.hpp"
#include "checker/interpose/allocate.hpp"
#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"
#include "checker/runtime/scenario_memory.hpp"

#if defined(__GLIBC__) && !defined(HEDDLE_ASAN)

#define CALLER __builtin_return_address(0)

namespace {

using heddle::interpose::allocate;
using heddle::interpose::find_real;
using heddle::interpose::Word;

char* copy_of(const char* text, std::size_t length, const void* caller) {
  auto* copy = static_cast<char*>(allocate(length + 1, caller));
  if (copy == nullptr) return nullptr;
  std::memcpy(copy, text, length);
  copy[length] = '\0';
  return copy;
}

int print(char** result, const char* format, std::va_list arguments, const void* caller) {
  std::va_list again;
  va_copy(again, arguments);
  const int length = std::vsnprintf(nullptr, 0, format, again);
  va_end(again);
  if (length < 0) return length;
  const auto bytes = static_cast<std::size_t>(length) + 1;
  auto* text = static_cast<char*>(allocate(bytes, caller));
  if (text == nullptr) return -1;
  *result = text;
  return std::vsnprintf(text, bytes, format, arguments);
}

/// The library reads into a block of its own, which is copied.
Word read_line(char** line, std::size_t* bytes, int delimiter, FILE* file, const void* caller) {
  if (!heddle::interpose::in_scenario()) {
    return find_real("getdelim")(reinterpret_cast<Word>(line), reinterpret_cast<Word>(bytes),
                                 delimiter, reinterpret_cast<Word>(file), 0, 0, 0, 0);
  }
  heddle::runtime::current_memory->note_hidden_state();
  char* text = nullptr;
  std::size_t size = 0;
  const Word length =
      find_real("getdelim")(reinterpret_cast<Word>(&text), reinterpret_cast<Word>(&size), delimiter,
                            reinterpret_cast<Word>(file), 0, 0, 0, 0);
  const std::size_t needed = length < 0 ? 1 : static_cast<std::size_t>(length) + 1;
  if (*line == nullptr || *bytes < needed) {
    auto* larger = static_cast<char*>(allocate(needed, caller));
    if (larger == nullptr) return std::free(text), -1;
    std::free(*line);
    *line = larger;
    *bytes = needed;
  }
  if (length >= 0) std::memcpy(*line, text, needed);
  std::free(text);
  return length;
}

}  // namespace

extern "C" {
[[gnu::weak]] char* heddle_strdup(const char* text) asm("strdup");
[[gnu::weak]] char* heddle_strdup2(const char* text) asm("__strdup");
[[gnu::weak]] char* heddle_strndup(const char* text, std::size_t most) asm("strndup");
[[gnu::weak]] char* heddle_strndup2(const char* text, std::size_t most) asm("__strndup");
[[gnu::weak]] int heddle_asprintf(char** result, const char* format, ...) asm("asprintf");
[[gnu::weak]] int heddle_asprintf_chk(char** result, int flag, const char* format,
                                      ...) asm("__asprintf_chk");
[[gnu::weak]] int heddle_vasprintf(char** result, const char* format,
                                   std::va_list arguments) asm("vasprintf");
[[gnu::weak]] int heddle_vasprintf_chk(char** result, int flag, const char* format,
                                       std::va_list arguments) asm("__vasprintf_chk");
[[gnu::weak]] Word heddle_getline(char** line, std::size_t* bytes, FILE* file) asm("getline");
[[gnu::weak]] Word heddle_getdelim(char** line, std::size_t* bytes, int delimiter,
                                   FILE* file) asm("getdelim");
[[gnu::weak]] Word heddle_getdelim2(char** line, std::size_t* bytes, int delimiter,
                                    FILE* file) asm("__getdelim");
}

char* heddle_strdup(const char* text) { return copy_of(text, std::strlen(text), CALLER); }
char* heddle_strdup2(const char* text) { return copy_of(text, std::strlen(text), CALLER); }

char* heddle_strndup(const char* text, std::size_t most) {
  return copy_of(text, strnlen(text, most), CALLER);
}
char* heddle_strndup2(const char* text, std::size_t most) {
  return copy_of(text, strnlen(text, most), CALLER);
}

int heddle_asprintf(char** result, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  const int length = print(result, format, arguments, CALLER);
  va_end(arguments);
  return length;
}

int heddle_asprintf_chk(char** result, int, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  const int length = print(result, format, arguments, CALLER);
  va_end(arguments);
  return length;
}

int heddle_vasprintf(char** result, const char* format, std::va_list arguments) {
  return print(result, format, arguments, CALLER);
}

int heddle_vasprintf_chk(char** result, int, const char* format, std::va_list arguments) {
  return print(result, format, arguments, CALLER);
}

Word heddle_getline(char** line, std::size_t* bytes, FILE* file) {
  return read_line(line, bytes, '\n', file, CALLER);
}
Word heddle_getdelim(char** line, std::size_t* bytes, int delimiter, FILE* file) {
  return read_line(line, bytes, delimiter, file, CALLER);
}
Word heddle_getdelim2(char** line, std::size_t* bytes, int delimiter, FILE* file) {
  return read_line(line, bytes, delimiter, file, CALLER);
}

#endif

namespace heddle::interpose {

void replace_returned_blocks() {}

}  // namespace heddle::interpose
