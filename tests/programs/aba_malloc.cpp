// ABA through the allocator: a reader caches what it derived from an object and checks with the
// object's address that nothing changed; a writer deletes the object and makes a new one, which any
// real malloc puts at the same address. Right: violated (stale value taken for fresh).
// fixed=1: a version number is compared. Right: holds.
#include <atomic>
#include <cassert>
#include <mutex>
#include <thread>
#ifndef PARAM_fixed
#define PARAM_fixed 0
#endif

namespace {

struct Config {
  int value;
  int version;
};

struct Holder {
  std::mutex m;
  Config* current = nullptr;
};

void test() {
  const bool fixed = PARAM_fixed;
  Holder h;
  h.current = new Config{1, 1};
  std::thread writer([&h] {
    std::lock_guard<std::mutex> l(h.m);
    delete h.current;
    h.current = new Config{2, 2};
  });
  std::thread reader([&h, fixed] {
    const Config* seen;
    int cached, version;
    {
      std::lock_guard<std::mutex> l(h.m);
      seen = h.current;
      cached = seen->value;
      version = seen->version;
    }
    std::lock_guard<std::mutex> l(h.m);
    const bool same = fixed ? h.current->version == version : h.current == seen;
    if (same) assert(cached == h.current->value);
  });
  writer.join();
  reader.join();
  delete h.current;
}

}  // namespace

int main() { test(); }
