// Derived classes join the thread in their own destructors: the usual fix for "data race on vptr".
// A derived destructor begins by storing the vptr that is there already. TSan takes such a store of
// the same value for no race, and C++ knows no such store: calling a virtual function of an object
// whose destructor runs is allowed (class.cdtor) and calls the class's own. Right: holds.
#include <atomic>
#include <cassert>
#include <thread>
#ifndef PARAM_other
#define PARAM_other 0
#endif

namespace {
class Worker {
 public:
  virtual ~Worker() = default;
  void start() {
    thread_ = std::thread([this] { assert(answer() == 42); });
  }

 protected:
  void join() { thread_.join(); }
  virtual int answer() = 0;

 private:
  std::thread thread_;
};
class Service : public Worker {
 public:
  ~Service() override { join(); }
  int answer() override { return 42; }
};
class Other : public Worker {
 public:
  ~Other() override { join(); }
  int answer() override { return 43; }
};
void test() {
  std::unique_ptr<Worker> w;
  if (PARAM_other)
    w = std::make_unique<Other>();
  else
    w = std::make_unique<Service>();
  w->start();
}
}  // namespace
int main() { test(); }
