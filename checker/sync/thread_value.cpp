#include "checker/sync/thread_value.hpp"

#include <cstddef>

#include "checker/api/control.hpp"
#include "checker/api/thread.hpp"
#include "checker/sync/interrupts.hpp"

namespace heddle::sync {
namespace {

struct Entry {
  const void* key;
  std::uint64_t value;
};

struct Call {
  void (*function)(void*);
  void* argument;
};

/// All that a thread keeps; what does not fit goes to the next one. Zeroed memory is an empty one.
struct Table {
  static constexpr std::size_t size = 8;
  Entry entries[size];
  Call calls[size];
  std::size_t call_count;
  std::uint32_t children[size];  // of threads, which are above 0
  Table* next;
};

Table* allocate(api::Engine& engine, const api::Site& site) {
  void* memory = engine.thread_memory(sizeof(Table));
  if (memory == nullptr) api::misuse("a thread has no memory left", site);
  return static_cast<Table*>(memory);
}

Table& first_table(const api::Site& site) {
  api::Engine& engine = api::engine(site);
  void*& slot = engine.thread_slot();
  if (slot == nullptr) slot = allocate(engine, site);
  return *static_cast<Table*>(slot);
}

}  // namespace

std::uint64_t& thread_value(const void* key, api::Site site) {
  for (Table* table = &first_table(site);; table = table->next) {
    for (Entry& entry : table->entries) {
      if (entry.key == nullptr) entry.key = key;
      if (entry.key == key) return entry.value;
    }
    if (table->next == nullptr) table->next = allocate(api::engine(site), site);
  }
}

void note_child(std::uint32_t thread, api::Site site) {
  for (Table* table = &first_table(site);; table = table->next) {
    for (std::uint32_t& child : table->children) {
      if (child == 0) {
        child = thread;
        return;
      }
    }
    if (table->next == nullptr) table->next = allocate(api::engine(site), site);
  }
}

void join_children(api::Site site) {
  auto* table = static_cast<Table*>(api::engine(site).thread_slot());
  for (; table != nullptr; table = table->next) {
    for (const std::uint32_t child : table->children) {
      if (child != 0) api::join(child, site);
    }
  }
}

void at_thread_end(void (*function)(void*), void* argument, api::Site site) {
  Table& table = first_table(site);
  if (table.call_count == Table::size) {
    api::misuse("a thread asks for more than 8 calls at its end", site);
  }
  table.calls[table.call_count++] = {function, argument};
}

void end_thread(api::Site site) {
  if (api::engine(site).thread_slot() == nullptr) return;
  Table& table = first_table(site);
  while (table.call_count > 0) {
    const Call call = table.calls[--table.call_count];
    call.function(call.argument);
  }
  leave_interruptible(site);
}

}  // namespace heddle::sync
