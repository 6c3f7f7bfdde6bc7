// aleth's Worker: the base class's destructor joins the thread, which calls a virtual function of
// the derived object meanwhile. fixed=1: the derived destructor joins. Right: fixed=0 race on the
// vptr (or the base's function is called), fixed=1 holds.
#include <atomic>
#include <cassert>
#include <thread>
#ifndef PARAM_fixed
#define PARAM_fixed 0
#endif

namespace {

class Worker {
 public:
  virtual ~Worker() { stop(); }
  void start() {
    thread_ = std::thread([this] { assert(work() == 2); });
  }
  void stop() {
    if (thread_.joinable()) thread_.join();
  }

 protected:
  virtual int work() { return 1; }

 private:
  std::thread thread_;
};

class Miner : public Worker {
 public:
  ~Miner() override {
    if (PARAM_fixed) stop();
  }

 protected:
  int work() override { return 2; }
};

void test() {
  std::unique_ptr<Worker> w = std::make_unique<Miner>();
  w->start();
}

}  // namespace

int main() { test(); }
