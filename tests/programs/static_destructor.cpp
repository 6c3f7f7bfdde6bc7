// Static destructors are not run: what they would find is not found.
#include <cassert>
#include <thread>

struct Last {
  ~Last() { assert(false); }
};
Last last;

int main() {
  std::thread thread([] {});
  thread.join();
}
