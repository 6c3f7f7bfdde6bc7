#include "checker/relacy/run_hook.hpp"

namespace rl {
namespace {

constinit RunHook* first = nullptr;

}  // namespace

RunHook::RunHook(void (*begin)(), void (*end)()) : begin_(begin), end_(end), next_(first) {
  first = this;
}

void RunHook::begin_all() {
  for (const RunHook* hook = first; hook != nullptr; hook = hook->next_) hook->begin_();
}

void RunHook::end_all() {
  for (const RunHook* hook = first; hook != nullptr; hook = hook->next_) hook->end_();
}

}  // namespace rl
