// Pony's message queue: a node's `next` is cleared with a relaxed store, and nothing orders that
// before the store by the next pusher, so the link may be lost. fixed=1: release fence ahead of the
// exchange (and acquire). Right: fixed=0 violated, fixed=1 holds.
#include <atomic>
#include <cassert>
#include <thread>
#ifndef PARAM_fixed
#define PARAM_fixed 0
#endif

namespace {

struct Msg {
  std::atomic<Msg*> next{nullptr};
  int payload = 0;
};

class MessageQueue {
 public:
  MessageQueue() : head_(&stub_), tail_(&stub_) {}
  void push(Msg* m) {
    m->next.store(nullptr, std::memory_order_relaxed);
    const bool fixed = PARAM_fixed;
    Msg* prev = head_.exchange(m, fixed ? std::memory_order_acq_rel : std::memory_order_relaxed);
    prev->next.store(m, std::memory_order_release);
  }
  Msg* pop() {
    Msg* next = tail_->next.load(std::memory_order_acquire);
    if (next) tail_ = next;
    return next;
  }

 private:
  Msg stub_;
  std::atomic<Msg*> head_;
  Msg* tail_;
};

void test() {
  Msg a, b;
  a.payload = 1;
  b.payload = 2;
  MessageQueue q;
  std::thread one([&] { q.push(&a); });
  std::thread two([&] { q.push(&b); });
  one.join();
  two.join();
  int sum = 0;
  while (Msg* m = q.pop()) sum += m->payload;
  assert(sum == 3);
}

}  // namespace

int main() { test(); }
