// RocksDB's memtable: the bloom filter is made on demand and published with relaxed order.
// fixed=1: release and acquire. Right: fixed=0 data race, fixed=1 holds.
#include <atomic>
#include <cassert>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>
#ifndef PARAM_fixed
#define PARAM_fixed 0
#endif

namespace {

class Filter {
 public:
  virtual ~Filter() = default;
  virtual void add(unsigned h) = 0;
  virtual bool may_contain(unsigned h) const = 0;
};

class DynamicBloom : public Filter {
 public:
  explicit DynamicBloom(unsigned lines)
      : lines_(lines), data_(std::make_unique<std::atomic<uint64_t>[]>(lines)) {}
  void add(unsigned h) override {
    data_[h % lines_].fetch_or(1ull << (h & 63), std::memory_order_relaxed);
  }
  bool may_contain(unsigned h) const override {
    return data_[h % lines_].load(std::memory_order_relaxed) & (1ull << (h & 63));
  }

 private:
  unsigned lines_;
  std::unique_ptr<std::atomic<uint64_t>[]> data_;
};

class MemTable {
 public:
  Filter* filter() {
    const bool fixed = PARAM_fixed;
    Filter* f = pointer_.load(fixed ? std::memory_order_acquire : std::memory_order_relaxed);
    if (!f) {
      std::lock_guard<std::mutex> lock(mutex_);
      f = pointer_.load(std::memory_order_relaxed);
      if (!f) {
        owner_ = std::make_unique<DynamicBloom>(2u);
        f = owner_.get();
        pointer_.store(f, fixed ? std::memory_order_release : std::memory_order_relaxed);
      }
    }
    return f;
  }

 private:
  std::mutex mutex_;
  std::unique_ptr<Filter> owner_;
  std::atomic<Filter*> pointer_{nullptr};
};

void test() {
  MemTable table;
  std::thread writer([&table] { table.filter()->add(7); });
  std::thread reader([&table] { (void)table.filter()->may_contain(7); });
  writer.join();
  reader.join();
  assert(table.filter()->may_contain(7));
}

}  // namespace

int main() { test(); }
