// std::list turns its links round in code of a library: the race there is not seen.
#include <list>
#include <thread>

std::list<int> list = {1, 2, 3};

int main() {
  std::thread thread([] { list.reverse(); });
  list.reverse();
  thread.join();
}
