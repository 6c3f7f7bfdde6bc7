#include "checker/relacy/posix.hpp"

#include <new>

namespace rl {
namespace {

using heddle::sync::thread_value;
using Result = heddle::api::var<void*>;

// What a thread returned is a modelled object at an address that stands for the thread's number.
constinit std::byte result_places[65];

Result& result_of(std::uint32_t thread) {
  return *reinterpret_cast<Result*>(&result_places[thread]);
}

/// A key's value in one thread, to be destroyed at that thread's end.
struct KeyUse {
  const void* id;
  void (*destructor)(void*);
};

void destroy_value(void* use) {
  const auto& key = *static_cast<const KeyUse*>(use);
  std::uint64_t& value = thread_value(key.id);
  void* const object = reinterpret_cast<void*>(value);
  value = 0;
  if (object != nullptr) key.destructor(object);
}

void* own_memory(std::size_t bytes, const debug_info& info) {
  return heddle::api::engine(info).thread_memory(bytes);
}

}  // namespace

int rl_pthread_create(rl_pthread_t* thread, const rl_pthread_attr_t* /*attributes*/,
                      void* (*function)(void*), void* argument, debug_info info) {
  // Its place is known to the thread itself only.
  *thread = heddle::sync::start_thread(
      [function, argument, info] {
        void* const result = function(argument);
        new (&result_of(heddle::api::thread_index())) Result(result, info);
      },
      info);
  return 0;
}

int rl_pthread_join(rl_pthread_t thread, void** result, debug_info info) {
  heddle::api::join(thread, info);
  Result& place = result_of(thread);
  if (result != nullptr) *result = place.get(info);
  place.~Result();
  return 0;
}

int rl_pthread_key_create(rl_pthread_key_t* key, void (*destructor)(void*), debug_info info) {
  *key = {own_memory(1, info), destructor};
  return 0;
}

int rl_pthread_setspecific(rl_pthread_key_t key, const void* value, debug_info info) {
  std::uint64_t& mine = thread_value(key.id, info);
  const bool fresh = mine == 0;
  mine = reinterpret_cast<std::uint64_t>(value);
  if (fresh && value != nullptr && key.destructor != nullptr) {
    auto* const use = static_cast<KeyUse*>(own_memory(sizeof(KeyUse), info));
    *use = {key.id, key.destructor};
    heddle::sync::at_thread_end(destroy_value, use, info);
  }
  return 0;
}

void* rl_pthread_getspecific(rl_pthread_key_t key, debug_info info) {
  return reinterpret_cast<void*>(thread_value(key.id, info));
}

int rl_pthread_once(rl_pthread_once_t* once, void (*function)(), debug_info info) {
  if (!once->begin(info)) return 0;
  function();
  once->end(true, info);
  return 0;
}

}  // namespace rl
