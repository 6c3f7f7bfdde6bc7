// Memory that is never freed is no violation: the end of a program frees it.
#include <cstdlib>
#include <thread>

int main() {
  std::thread thread([] { *static_cast<volatile int*>(std::malloc(sizeof(int))) = 1; });
  thread.join();
}
