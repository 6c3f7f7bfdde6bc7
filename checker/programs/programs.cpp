#include "checker/programs/programs.hpp"

#include <array>
#include <deque>
#include <map>
#include <stdexcept>
#include <vector>

#include "checker/api/api.hpp"

namespace heddle::programs {
namespace {

using api::atomic;
using api::var;

constexpr auto rlx = std::memory_order_relaxed;
constexpr auto acq = std::memory_order_acquire;
constexpr auto rel = std::memory_order_release;
constexpr auto sc = std::memory_order_seq_cst;

/// The threads of a program. Neither here nor in the programs does the main thread touch the
/// variables once it has made them.
class Threads {
 public:
  Threads() = default;
  ~Threads() {
    for (const std::uint32_t number : numbers_) api::join(number);
  }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  template <typename Body>
  void add(Body body) {
    numbers_.push_back(api::spawn(body));
  }

 private:
  std::vector<std::uint32_t> numbers_;
};

void sb(int) {
  atomic<int> x{0}, y{0};
  Threads threads;
  threads.add([&] { x.store(1, rlx), y.load(rlx); });
  threads.add([&] { y.store(1, rlx), x.load(rlx); });
}

void lb(int) {
  atomic<int> x{0}, y{0};
  Threads threads;
  threads.add([&] { y.load(rlx), x.store(1, rlx); });
  threads.add([&] { x.load(rlx), y.store(1, rlx); });
}

void mp(int) {
  atomic<int> x{0}, y{0};
  Threads threads;
  threads.add([&] { x.store(1, rel), y.store(1, rel); });
  threads.add([&] { y.load(acq), x.load(acq); });
}

void two_plus_two_w(int) {
  atomic<int> x{0}, y{0};
  Threads threads;
  threads.add([&] { x.store(1, rlx), y.store(2, rlx); });
  threads.add([&] { y.store(1, rlx), x.store(2, rlx); });
}

void iriw(int) {
  atomic<int> x{0}, y{0};
  Threads threads;
  threads.add([&] { x.store(1, sc); });
  threads.add([&] { x.load(acq), y.load(sc); });
  threads.add([&] { y.load(acq), x.load(sc); });
  threads.add([&] { y.store(1, sc); });
}

void readers(int n) {
  atomic<int> x{0};
  Threads threads;
  threads.add([&] { x.store(1, rlx); });
  for (int i = 0; i < n; ++i) threads.add([&] { x.load(rlx); });
}

void n_writers(int n) {
  atomic<int> x{0};
  Threads threads;
  for (int i = 1; i <= n; ++i) threads.add([&x, i] { x.store(i, rel); });
  threads.add([&] { x.load(acq); });
}

void lastzero(int n) {
  std::deque<atomic<int>> a;
  const auto size = static_cast<std::size_t>(n);
  for (std::size_t i = 0; i <= size; ++i) a.emplace_back(0);
  Threads threads;
  threads.add([&a, size] {
    for (std::size_t i = size; a[i].load(acq) != 0; --i) continue;
  });
  for (std::size_t j = 1; j <= size; ++j) {
    threads.add([&a, j] { a[j].store(a[j - 1].load(acq) + 1, rel); });
  }
}

void fib_bench(int n) {
  atomic<int> x{1}, y{1};
  const auto add_up = [&x, &y, n](atomic<int>& sum) {
    for (int i = 0; i < n; ++i) {
      const int of_x = x.load(acq);
      const int of_y = y.load(acq);
      sum.store(of_x + of_y, rel);
    }
  };
  Threads threads;
  threads.add([&] { add_up(x); });
  threads.add([&] { add_up(y); });
  threads.add([&] { api::check(x.load(acq) <= 144 && y.load(acq) <= 144, "too large"); });
}

void casrot(int n) {
  atomic<int> x{0};
  Threads threads;
  for (int i = 1; i <= n; ++i) {
    threads.add([&x, i] {
      int expected = i - 1;
      x.compare_exchange_strong(expected, i, rlx, rlx);
    });
  }
}

void coa(int n) {
  atomic<int> x{0}, y{0}, z{0};
  Threads threads;
  threads.add([&] { x.store(1, rel), y.load(acq), x.load(acq); });
  threads.add([&] { x.store(2, rel), z.load(acq), x.load(acq); });
  for (int i = 1; i < n; ++i) threads.add([&y, &z, i] { y.store(i, rel), z.store(i, rel); });
}

/// A hash table that N threads fill with 4 messages each: thread t brings w = 11 * i + t for i = 1
/// to 4 into slot 7 * w mod 128, or the next free one.
///
/// 7 is odd, so different messages have different first slots, and w and w' have neighbouring ones
/// only if they are 55 or 73 apart, which up to N = 15 no two are: a displaced message finds the
/// next slot free. What collides is equal messages: 11 * i + t = 11 * (i + 1) + (t - 11). Thread 11
/// so meets thread 0 three times (at 22, 33, 44), 12 meets 1, and so on. In each meeting either may
/// win, independently of the others, since both threads come to their meetings in the same order.
/// N = 12 has 3 meetings and 2^3 executions; N = 15 has 12, and 2^12.
void indexer(int n) {
  constexpr std::size_t size = 128;
  std::deque<atomic<int>> table;
  for (std::size_t i = 0; i < size; ++i) table.emplace_back(0);
  Threads threads;
  for (int t = 0; t < n; ++t) {
    threads.add([&table, t] {
      for (int i = 1; i <= 4; ++i) {
        const int w = 11 * i + t;
        std::size_t h = static_cast<std::size_t>(7 * w) % size;
        for (int none = 0; !table[h].compare_exchange_strong(none, w, rlx, rlx); none = 0) {
          h = (h + 1) % size;
        }
      }
    });
  }
}

void ainc(int n) {
  atomic<int> x{0};
  Threads threads;
  for (int i = 0; i < n; ++i) threads.add([&] { x.fetch_add(1, sc); });
}

void big0(int) {
  atomic<int> x{0}, y{0}, z{0}, w{0};
  const auto write_in_turn = [](atomic<int>& first, atomic<int>& second) {
    for (int i = 1; i <= 3; ++i) first.store(i, rel), second.store(i, rel);
  };
  Threads threads;
  threads.add([&] {
    for (const atomic<int>* each : {&x, &y, &z, &w, &x, &y, &z}) each->load(acq);
  });
  threads.add([&] { x.load(acq), y.load(acq), z.load(acq); });
  threads.add([&] { write_in_turn(x, y); });
  threads.add([&] { write_in_turn(z, w); });
}

void lockinc(int n) {
  api::mutex lock;
  var<int> count{0};
  Threads threads;
  for (int i = 0; i < n; ++i) {
    threads.add([&] {
      lock.lock();
      count.set(count.get() + 1);
      lock.unlock();
    });
  }
}

void ticketlock(int n) {
  atomic<int> next{0}, owner{0};
  var<int> count{0};
  Threads threads;
  for (int i = 0; i < n; ++i) {
    threads.add([&] {
      const int mine = next.fetch_add(1, rlx);
      api::await([&] { return owner.load(acq) == mine; });
      count.set(count.get() + 1);
      owner.store(mine + 1, rel);
    });
  }
}

}  // namespace

std::function<void()> program(const std::string& name, int size) {
  static const std::map<std::string, void (*)(int)> all = {{"sb", sb},
                                                           {"lb", lb},
                                                           {"mp", mp},
                                                           {"2+2w", two_plus_two_w},
                                                           {"iriw", iriw},
                                                           {"corr0", [](int) { readers(2); }},
                                                           {"readers", readers},
                                                           {"n_writers", n_writers},
                                                           {"lastzero", lastzero},
                                                           {"fib_bench", fib_bench},
                                                           {"casrot", casrot},
                                                           {"coa", coa},
                                                           {"indexer", indexer},
                                                           {"ainc", ainc},
                                                           {"big0", big0},
                                                           {"lockinc", lockinc},
                                                           {"ticketlock", ticketlock}};
  const auto found = all.find(name);
  if (found == all.end()) throw std::invalid_argument("no program '" + name + "'");
  return [body = found->second, size] { body(size); };
}

}  // namespace heddle::programs
