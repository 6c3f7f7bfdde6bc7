// The C library's functions on memory and strings, whose accesses no compiler announces.
#include <dlfcn.h>

#include <cstddef>
#include <cstdint>

#include "checker/hooks/exported.hpp"

namespace {

using heddle::hooks::Caller;
using heddle::hooks::explored;

/// The library's own function of a name, and a simple one for the time before that is known.
template <typename Function>
class Original {
 public:
  constexpr Original(const char* name, Function* simple) : name_(name), function_(simple) {}
  void find() {
    if (void* found = dlsym(RTLD_NEXT, name_)) function_ = reinterpret_cast<Function*>(found);
  }
  template <typename... Arguments>
  auto operator()(Arguments... arguments) const {
    return function_(arguments...);
  }

 private:
  const char* name_;
  Function* function_;
};

void* copy_up(void* to, const void* from, std::size_t bytes) {
  auto* target = static_cast<volatile char*>(to);
  for (std::size_t i = 0; i < bytes; ++i) target[i] = static_cast<const char*>(from)[i];
  return to;
}

void* move(void* to, const void* from, std::size_t bytes) {
  if (to <= from) return copy_up(to, from, bytes);
  auto* target = static_cast<volatile char*>(to);
  while (bytes-- > 0) target[bytes] = static_cast<const char*>(from)[bytes];
  return to;
}

void* set(void* to, int value, std::size_t bytes) {
  auto* target = static_cast<volatile char*>(to);
  for (std::size_t i = 0; i < bytes; ++i) target[i] = static_cast<char>(value);
  return to;
}

int compare(const void* a, const void* b, std::size_t bytes) {
  const auto* first = static_cast<const volatile unsigned char*>(a);
  const auto* second = static_cast<const volatile unsigned char*>(b);
  for (std::size_t i = 0; i < bytes; ++i) {
    if (first[i] != second[i]) return first[i] < second[i] ? -1 : 1;
  }
  return 0;
}

std::size_t length(const char* text) {
  const auto* at = static_cast<const volatile char*>(text);
  while (*at != 0) ++at;
  return static_cast<std::size_t>(at - text);
}

constinit Original<void*(void*, const void*, std::size_t)> original_copy{"memcpy", copy_up};
constinit Original<void*(void*, const void*, std::size_t)> original_move{"memmove", move};
constinit Original<void*(void*, int, std::size_t)> original_set{"memset", set};
constinit Original<int(const void*, const void*, std::size_t)> original_compare{"memcmp", compare};
constinit Original<std::size_t(const char*)> original_length{"strlen", length};

[[gnu::constructor(101)]] void find_originals() {
  original_copy.find();
  original_move.find();
  original_set.find();
  original_compare.find();
  original_length.find();
}

void reads(const void* from, std::size_t bytes, const Caller& caller) {
  if (bytes > 0) explored()->announce(const_cast<void*>(from), bytes, true, false, caller);
}
void writes(void* to, std::size_t bytes, const Caller& caller) {
  if (bytes > 0) explored()->announce(to, bytes, false, true, caller);
}

/// The length of a string, looked at byte by byte: nobody knows where it ends.
std::size_t measured(const char* text, std::size_t most, const Caller& caller) {
  std::size_t bytes = 0;
  for (; bytes < most; ++bytes) {
    reads(text + bytes, 1, caller);
    if (static_cast<const volatile char*>(text)[bytes] == 0) break;
  }
  return bytes;
}

/// The first difference of two strings of at most so many bytes.
int difference(const char* a, const char* b, std::size_t most, const Caller& caller) {
  for (std::size_t i = 0; i < most; ++i) {
    reads(a + i, 1, caller);
    const auto first = static_cast<unsigned char>(static_cast<const volatile char*>(a)[i]);
    reads(b + i, 1, caller);
    const auto second = static_cast<unsigned char>(static_cast<const volatile char*>(b)[i]);
    if (first != second) return first < second ? -1 : 1;
    if (first == 0) break;
  }
  return 0;
}

void* copied(void* to, const void* from, std::size_t bytes, const Caller& caller) {
  reads(from, bytes, caller);
  writes(to, bytes, caller);
  return original_move(to, from, bytes);
}

}  // namespace

#define NOT_EXPLORED __builtin_expect(explored() == nullptr, 1)

HEDDLE_EXPORT void* memcpy(void* to, const void* from, std::size_t bytes) {
  if (NOT_EXPLORED) return original_copy(to, from, bytes);
  return copied(to, from, bytes, HEDDLE_CALLER);
}
HEDDLE_EXPORT void* memmove(void* to, const void* from, std::size_t bytes) {
  if (NOT_EXPLORED) return original_move(to, from, bytes);
  return copied(to, from, bytes, HEDDLE_CALLER);
}
HEDDLE_EXPORT void* memset(void* to, int value, std::size_t bytes) {
  if (!NOT_EXPLORED) writes(to, bytes, HEDDLE_CALLER);
  return original_set(to, value, bytes);
}
HEDDLE_EXPORT void* __tsan_memcpy(void* to, const void* from, std::size_t bytes) {
  if (NOT_EXPLORED) return original_copy(to, from, bytes);
  return copied(to, from, bytes, HEDDLE_CALLER);
}
HEDDLE_EXPORT void* __tsan_memmove(void* to, const void* from, std::size_t bytes) {
  if (NOT_EXPLORED) return original_move(to, from, bytes);
  return copied(to, from, bytes, HEDDLE_CALLER);
}
HEDDLE_EXPORT void* __tsan_memset(void* to, int value, std::size_t bytes) {
  if (!NOT_EXPLORED) writes(to, bytes, HEDDLE_CALLER);
  return original_set(to, value, bytes);
}
HEDDLE_EXPORT int memcmp(const void* a, const void* b, std::size_t bytes) {
  if (!NOT_EXPLORED) {
    const Caller caller = HEDDLE_CALLER;
    reads(a, bytes, caller);
    reads(b, bytes, caller);
    reads(a, bytes, caller);  // again: while b's values came, others may have used a's memory
  }
  return original_compare(a, b, bytes);
}
HEDDLE_EXPORT std::size_t strlen(const char* text) {
  if (NOT_EXPLORED) return original_length(text);
  return measured(text, SIZE_MAX, HEDDLE_CALLER);
}
HEDDLE_EXPORT std::size_t strnlen(const char* text, std::size_t most) {
  if (!NOT_EXPLORED) return measured(text, most, HEDDLE_CALLER);
  std::size_t bytes = 0;
  while (bytes < most && static_cast<const volatile char*>(text)[bytes] != 0) ++bytes;
  return bytes;
}
HEDDLE_EXPORT int strcmp(const char* a, const char* b) {
  if (!NOT_EXPLORED) return difference(a, b, SIZE_MAX, HEDDLE_CALLER);
  const std::size_t bytes = original_length(a) + 1;
  const auto* first = static_cast<const volatile char*>(a);
  const auto* second = static_cast<const volatile char*>(b);
  for (std::size_t i = 0; i < bytes; ++i) {
    const auto x = static_cast<unsigned char>(first[i]);
    const auto y = static_cast<unsigned char>(second[i]);
    if (x != y) return x < y ? -1 : 1;
    if (x == 0) break;
  }
  return 0;
}
HEDDLE_EXPORT int strncmp(const char* a, const char* b, std::size_t most) {
  if (!NOT_EXPLORED) return difference(a, b, most, HEDDLE_CALLER);
  for (std::size_t i = 0; i < most; ++i) {
    const auto x = static_cast<unsigned char>(static_cast<const volatile char*>(a)[i]);
    const auto y = static_cast<unsigned char>(static_cast<const volatile char*>(b)[i]);
    if (x != y) return x < y ? -1 : 1;
    if (x == 0) break;
  }
  return 0;
}
HEDDLE_EXPORT char* strcpy(char* to, const char* from) {
  if (NOT_EXPLORED) {
    original_copy(to, from, original_length(from) + 1);
    return to;
  }
  const Caller caller = HEDDLE_CALLER;
  copied(to, from, measured(from, SIZE_MAX, caller) + 1, caller);
  return to;
}
HEDDLE_EXPORT char* strncpy(char* to, const char* from, std::size_t most) {
  const bool watched = !NOT_EXPLORED;
  const Caller caller = HEDDLE_CALLER;
  const std::size_t bytes = watched ? measured(from, most, caller) : strnlen(from, most);
  if (watched) {
    copied(to, from, bytes, caller);
    writes(to + bytes, most - bytes, caller);
  } else {
    original_copy(to, from, bytes);
  }
  original_set(to + bytes, 0, most - bytes);
  return to;
}
HEDDLE_EXPORT char* strdup(const char* text) {
  const Caller caller = HEDDLE_CALLER;
  const bool watched = explored() != nullptr;
  const std::size_t bytes =
      (watched ? measured(text, SIZE_MAX, caller) : original_length(text)) + 1;
  auto* const result = static_cast<char*>(__builtin_malloc(bytes));
  if (result == nullptr) return nullptr;
  if (watched) {
    copied(result, text, bytes, caller);
  } else {
    original_copy(result, text, bytes);
  }
  return result;
}
