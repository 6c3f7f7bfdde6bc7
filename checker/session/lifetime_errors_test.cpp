// Objects and memory used before or after their life, freed twice or never.
#include "checker/session/errors_test_support.hpp"

namespace heddle {
namespace {

using api::atomic;
using api::name;
using api::var;

using Atomic = atomic<int>;

Atomic* new_atomic() {
  auto* object = new Atomic(0);
  name(*object, "x");
  return object;
}

void delete_while_used() {
  Atomic* const x = new_atomic();
  run_threads([x] { x->store(1); }, [x] { delete x; });
}

void use_after_delete() {
  Atomic* const x = new_atomic();
  run_threads([x] { delete x; }, [x] { x->load(); });
}

void delete_after_join() {
  Atomic* const x = new_atomic();
  run_threads([x] { x->store(1); }, [x] { x->load(); });
  delete x;
}

/// The last one who lets go deletes.
void delete_by_count(std::memory_order order) {
  auto* const data = new var<int>(0);
  name(*data, "data");
  atomic<int> users{2};
  const auto put = [&users, data, order] {
    data->get();
    if (users.fetch_sub(1, order) == 1) delete data;
  };
  run_threads(put, put);
}

void use_by_same_thread() {
  Atomic* const x = new_atomic();
  delete x;
  x->load();
}

void use_var_after_life(bool inside) {
  std::uint32_t number = 0;
  {
    var<int> v{1};
    name(v, "v");
    number = api::spawn([&v] { v.get(); });
    if (inside) api::join(number);
  }
  if (!inside) api::join(number);
}

void main_ends_first(bool joins) {
  atomic<int> x{0};
  name(x, "x");
  const std::uint32_t number = api::spawn([&x] { x.store(1); });
  if (joins) api::join(number);
}

void free_twice() {
  int* const block = new int(1);
  name(*block, "block");
  run_threads([block] { delete block; }, [block] { delete block; });
}

void free_by_winner() {
  int* const block = new int(1);
  atomic<int*> owner{block};
  const auto release_it = [&owner] { delete owner.exchange(nullptr); };
  run_threads(release_it, release_it);
}

void destroy_twice() {
  Atomic* const x = new_atomic();
  run_threads([x] { delete x; }, [x] { delete x; });
}

void forget(bool frees) {
  run_threads([frees] {
    int* const block = new int(1);
    name(*block, "block");
    if (frees) delete block;
  });
}

/// Both see an empty place, and one of two new objects is lost.
void lose_by_overwriting(bool exchanges) {
  atomic<int*> place{nullptr};
  const auto put = [&place, exchanges] {
    int* const block = new int(1);
    name(*block, "block");
    if (exchanges) {
      delete place.exchange(block);
    } else {
      place.store(block);
    }
  };
  run_threads(put, put);
  delete place.load();
}

std::vector<ErrorCase> uses_after_free() {
  const auto use = ViolationKind::use_after_free;
  return {
      {.name = "delete_while_used",
       .kind = use,
       .says = {"thread 2 ends the life of 'x'", "thread 1 may still access it"},
       .at = "2 destroy x",
       .other = "1 store x",
       .body = delete_while_used,
       .repaired = delete_after_join},
      {.name = "use_after_delete",
       .kind = use,
       .says = {"thread 2 accesses 'x' after thread 1 ended its life"},
       .at = "2 load x",
       .other = "1 destroy x",
       .body = use_after_delete,
       .repaired = delete_after_join},
      {.name = "delete_by_relaxed_count",
       .kind = use,
       .models = {"rc11", "cpp20"},
       .says = {"thread 2 ends the life of 'data'", "thread 1 may still access it"},
       .at = "2 destroy data",
       .other = "1 read data",
       .body = [] { delete_by_count(relaxed); },
       .repaired = [] { delete_by_count(std::memory_order_acq_rel); }},
      {.name = "use_by_same_thread",
       .kind = use,
       .says = {"accesses 'x' after the same thread ended its life"},
       .at = "0 load x",
       .other = "0 destroy x",
       .body = use_by_same_thread,
       .repaired = delete_after_join},
      {.name = "use_of_var_after_its_scope",
       .kind = use,
       .says = {"thread 1 accesses 'v' after thread 0 ended its life"},
       .at = "1 read v",
       .other = "0 destroy v",
       .body = [] { use_var_after_life(false); },
       .repaired = [] { use_var_after_life(true); }},
      {.name = "main_ends_before_thread",
       .kind = use,
       .says = {"thread 1 accesses 'x' after thread 0 ended its life"},
       .at = "1 store x",
       .other = "0 destroy x",
       .body = [] { main_ends_first(false); },
       .repaired = [] { main_ends_first(true); }},
  };
}

std::vector<ErrorCase> frees() {
  return {
      {.name = "free_twice",
       .kind = ViolationKind::double_free,
       .says = {"thread 2 frees 'block', which thread 1 freed before"},
       .at = "2 release block",
       .other = "1 release block",
       .body = free_twice,
       .repaired = free_by_winner},
      {.name = "destroy_twice",
       .kind = ViolationKind::double_free,
       .says = {"thread 2 frees 'x', which thread 1 freed before"},
       .at = "2 destroy x",
       .other = "1 destroy x",
       .body = destroy_twice,
       .repaired = delete_after_join},
      {.name = "leak",
       .kind = ViolationKind::leak,
       .says = {"thread 1 allocated 4 bytes (block) that are never released"},
       .at = "",
       .other = "1 allocate block",
       .body = [] { forget(false); },
       .repaired = [] { forget(true); }},
      {.name = "leak_by_overwriting",
       .kind = ViolationKind::leak,
       .says = {"allocated 4 bytes (block) that are never released"},
       .at = "",
       .other = "1 allocate block",
       .body = [] { lose_by_overwriting(false); },
       .repaired = [] { lose_by_overwriting(true); }},
  };
}

}  // namespace

std::vector<ErrorCase> lifetime_error_cases() { return joined(uses_after_free(), frees()); }

}  // namespace heddle
