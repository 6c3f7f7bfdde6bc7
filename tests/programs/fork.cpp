// A program that becomes two is refused by the name of the call.
#include <unistd.h>

#include <thread>

int main() {
  std::thread thread([] { fork(); });
  thread.join();
}
