// The lock-less list: many adders, and takers that detach everything at once.
#pragma once

#include "checker/api/var.hpp"
#include "model/atomics.hpp"

namespace kernel {

/// Base of what is to be put on a list: struct llist_node (include/linux/llist.h, 6.1). `next` is a
/// plain member there, and so it is here: whoever detached the node owns it.
struct llist_node {
  heddle::api::var<llist_node*> next;
};

struct llist_head {
  heddle::api::atomic<llist_node*> first{nullptr};
};

/// Puts `node` in front and returns whether the list was empty: llist_add_batch (lib/llist.c, 6.1).
/// Each round reads the head anew; what a failed cmpxchg has found there is not used.
inline bool llist_add(llist_node* node, llist_head& list) {
  llist_node* first = nullptr;
  do {
    first = READ_ONCE(list.first);
    node->next.set(first);
  } while (!try_cmpxchg(list.first, first, node));
  return first == nullptr;
}

/// Detaches the newest node, null if there is none; two threads at once must not call it:
/// llist_del_first (lib/llist.c, 6.1). The fence stands for the dependency of `next` on what a
/// failed cmpxchg has found, which orders nothing in C++.
inline llist_node* llist_del_first(llist_head& list) {
  llist_node* entry = smp_load_acquire(list.first);
  while (entry != nullptr && !try_cmpxchg(list.first, entry, entry->next.get())) {
    heddle::api::fence(std::memory_order_acquire);
  }
  return entry;
}

/// Detaches the whole list, newest first: llist_del_all (include/linux/llist.h, 6.1).
inline llist_node* llist_del_all(llist_head& list) { return xchg(list.first, nullptr); }

/// The entry that a node is part of: llist_entry (include/linux/llist.h, 6.1). Entries that have
/// their node as a member, not as a base, say so in a specialisation.
template <typename Entry>
Entry* llist_entry(llist_node* node) {
  return static_cast<Entry*>(node);
}

/// Calls `visit(Entry*)` for each entry from `node` on. It may end the entry's life, because `next`
/// is read before: llist_for_each_entry_safe (include/linux/llist.h, 6.1).
template <typename Entry, typename Visit>
void llist_for_each_entry_safe(llist_node* node, Visit visit) {
  while (node != nullptr) {
    llist_node* next = node->next.get();
    visit(llist_entry<Entry>(node));
    node = next;
  }
}

/// The same for visitors that leave the entry alive: llist_for_each_entry
/// (include/linux/llist.h, 6.1).
template <typename Entry, typename Visit>
void llist_for_each_entry(llist_node* node, Visit visit) {
  while (node != nullptr) {
    visit(llist_entry<Entry>(node));
    node = node->next.get();
  }
}

}  // namespace kernel
