// Treiber's lock-free stack: each thread pushes a node and pops one.
//
// As long as nodes are kept, every node is popped once. With reclaim=1 the popper deletes its node
// at once, and the classical bug appears: another popper may have read `top` before and looks into
// the deleted node for its `next`. That is what hazard pointers, RCU and the like are for.
#include <heddle/scenario.hpp>

namespace {

struct node {
  rl::var<node*> next;
  rl::atomic<unsigned> pops{0};
};

struct suite : rl::test_suite<suite, 2> {
  rl::atomic<node*> top{nullptr};
  node* nodes[4];

  unsigned thread_count() const { return static_cast<unsigned>(heddle::api::parameter("threads")); }

  void before() {
    heddle::api::name(top, "top");
    for (unsigned i = 0; i < thread_count(); ++i) nodes[i] = new node;
  }

  void push(node* added) {
    node* first = top.load(rl::mo_relaxed);
    do {
      VAR(added->next) = first;
    } while (!top.compare_exchange_strong(first, added, rl::mo_release, rl::mo_relaxed));
  }

  node* pop() {
    node* first = top.load(rl::mo_acquire);
    node* next = nullptr;
    do {
      next = VAR(first->next);
    } while (!top.compare_exchange_strong(first, next, rl::mo_acquire, rl::mo_acquire));
    return first;
  }

  void thread(unsigned i) {
    push(nodes[i]);
    node* mine = pop();
    RL_ASSERT(mine->pops.fetch_add(1, rl::mo_relaxed) == 0);
    if (reclaims()) delete mine;
  }

  void after() {
    RL_ASSERT(top.load(rl::mo_relaxed) == nullptr);
    for (unsigned i = 0; i < thread_count() && !reclaims(); ++i) delete nodes[i];
  }

  static bool reclaims() { return heddle::api::parameter("reclaim") != 0; }
};

}  // namespace

HEDDLE_SCENARIO(
        .name = "treiber_stack", .summary = "every node of a lock-free stack is popped once",
        .parameters = {{"threads", 2, 1, 4, "each pushes a node and pops one"},
                       {"reclaim", 0, 0, 1, "whether the popper deletes its node at once"}},
        .expectations = {{.settings = {}, .verdict = heddle::Verdict::holds, .complete = 36},
                         {.settings = {{"reclaim", 1}},
                          .models = {"sc", "tso", "ra"},
                          .verdict = heddle::Verdict::violated,
                          .complete = 24},
                         {.settings = {{"reclaim", 1}},
                          .models = {"rc11", "cpp20"},
                          .verdict = heddle::Verdict::violated,
                          .complete = 20}},
        .body = rl::run<suite>);
