// readerwriterqueue: a new block is linked into the chain before the release fence; size_approx()
// of the consumer walks the chain. fixed=1: fence first. Right: fixed=0 data race, fixed=1 holds.
#include <atomic>
#include <cassert>
#include <cstdlib>
#include <new>
#include <thread>
#ifndef PARAM_fixed
#define PARAM_fixed 0
#endif

namespace {

template <typename T>
class weak_atomic {
 public:
  weak_atomic() : value_() {}
  template <typename U>
  weak_atomic(U&& x) : value_(std::forward<U>(x)) {}
  operator T() const { return load(); }
  T load() const { return value_.load(std::memory_order_relaxed); }
  template <typename U>
  weak_atomic& operator=(U&& x) {
    value_.store(std::forward<U>(x), std::memory_order_relaxed);
    return *this;
  }

 private:
  std::atomic<T> value_;
};

class Queue {
 public:
  Queue() {
    Block* b = make();
    b->next = b;
    front_ = b;
    tail_ = b;
  }
  ~Queue() {
    Block* first = front_;
    Block* b = first;
    do {
      Block* next = b->next;
      b->~Block();
      std::free(b);
      b = next;
    } while (b != first);
  }
  void enqueue(int v) {
    Block* t = tail_.load();
    const size_t at = t->tail.load();
    if (at < capacity) {
      t->data[at] = v;
      std::atomic_thread_fence(std::memory_order_release);
      t->tail = at + 1;
      return;
    }
    const bool fixed = PARAM_fixed;
    Block* b = make();
    b->data[0] = v;
    b->tail = size_t(1);
    b->next = t->next.load();
    if (fixed) std::atomic_thread_fence(std::memory_order_release);
    t->next = b;
    if (!fixed) std::atomic_thread_fence(std::memory_order_release);
    tail_ = b;
  }
  size_t size_approx() const {
    size_t n = 0;
    Block* first = front_.load();
    Block* b = first;
    do {
      std::atomic_thread_fence(std::memory_order_acquire);
      n += b->tail.load() - b->front.load();
      b = b->next.load();
    } while (b != first);
    return n;
  }

 private:
  static constexpr size_t capacity = 1;
  struct Block {
    weak_atomic<size_t> front{size_t(0)};
    weak_atomic<size_t> tail{size_t(0)};
    weak_atomic<Block*> next{nullptr};
    int data[capacity];
  };
  static Block* make() { return new (std::malloc(sizeof(Block))) Block; }

  weak_atomic<Block*> front_{nullptr};
  weak_atomic<Block*> tail_{nullptr};
};

void test() {
  auto q = std::make_unique<Queue>();
  std::thread producer([p = q.get()] {
    p->enqueue(1);
    p->enqueue(2);
  });
  std::thread consumer([p = q.get()] { assert(p->size_approx() <= 2); });
  producer.join();
  consumer.join();
}

}  // namespace

int main() { test(); }
