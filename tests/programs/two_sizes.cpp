// A byte and the word that it is part of, both accessed atomically.
#include <atomic>
#include <thread>

union Both {
  std::atomic<unsigned> word;
  std::atomic<unsigned char> byte;
  Both() : word(0) {}
};
Both both;

int main() {
  std::thread thread([] { both.byte.store(1); });
  both.word.fetch_add(1);
  thread.join();
}
