#include "checker/memory/stepper.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstring>
#include <functional>
#include <string>

// Accesses to closed memory are meant to fault, not to reach a sanitizer.
#define UNSANITIZED __attribute__((noinline, no_sanitize("address", "undefined")))

namespace heddle::memory {
namespace {

#if defined(__x86_64__)

/// A block of 64 bytes that the test accesses as a scenario thread would.
class Stepping : public testing::Test {
 protected:
  void SetUp() override {
    areas_.add({.bytes = 64});
    block_ = areas_[0].block(1, 0);
    views_.emplace_back(areas_[0], block_);
    views_[0].show(nullptr);
    active = this;
    struct sigaction action {};
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    action.sa_sigaction = [](int, siginfo_t*, void* context) {
      if (active->stepper_.finish(context)) return;
      const Fault fault = active->stepper_.begin(context, active->areas_, active->views_);
      if (fault != Fault::stepping) _exit(3);
    };
    sigaction(SIGSEGV, &action, &former_);
  }
  void TearDown() override { sigaction(SIGSEGV, &former_, nullptr); }

  void show_ones() {
    areas_[0].cells().divide(0, 64);
    views_[0].show(std::string(64, '\1').data());
  }

  /// The offsets that were read ('r'), written ('w') or both ('b'), by words of 4 bytes.
  std::string accesses() const {
    std::string text;
    for (std::uint32_t at = 0; at < 64; at += 4) {
      const Cell cell{.offset = at, .size = 4};
      const bool read = views_[0].was_read(cell);
      const bool written = views_[0].was_written(cell);
      text += read && written ? 'b' : read ? 'r' : written ? 'w' : '.';
    }
    return text;
  }
  template <typename T>
  T* at(std::size_t offset) {
    return reinterpret_cast<T*>(block_ + offset);
  }

  static inline Stepping* active = nullptr;
  Areas areas_;
  std::vector<View> views_;
  Stepper stepper_;
  std::byte* block_ = nullptr;
  struct sigaction former_ {};
};

UNSANITIZED int read_int(const int* from) { return *from; }
UNSANITIZED void write_int(int* to, int value) { *to = value; }
UNSANITIZED void add_to(int* to, int value) { *to += value; }
UNSANITIZED void copy_bytes(void* to, const void* from, std::size_t bytes) {
  std::memcpy(to, from, bytes);
}

TEST_F(Stepping, ReadsAndWrites) {
  show_ones();
  EXPECT_EQ(read_int(at<int>(4)), 0x01010101);
  write_int(at<int>(8), 7);
  add_to(at<int>(12), 1);
  EXPECT_EQ(read_int(at<int>(8)), 7);
  EXPECT_EQ(read_int(at<int>(12)), 0x01010102);
  EXPECT_EQ(accesses(), ".rbb............");
  EXPECT_EQ(views_[0].value({8, 4, false}), 7U);
}

TEST_F(Stepping, CopiesOfAllSizes) {
  show_ones();
  for (const std::uint32_t bytes : {1, 2, 3, 5, 8, 13, 16, 31, 32, 40}) {
    char text[64];
    std::memset(text, static_cast<int>(bytes), sizeof(text));
    copy_bytes(block_, text, bytes);
    char back[64] = {};
    copy_bytes(back, block_, bytes);
    EXPECT_EQ(std::memcmp(text, back, bytes), 0) << bytes;
    EXPECT_EQ(views_[0].value({bytes, 1, false}), 1U) << "beyond " << bytes;
  }
}

TEST_F(Stepping, FromABlockToItself) {
  show_ones();
  write_int(at<int>(0), 5);
  copy_bytes(block_ + 32, block_, 16);
  EXPECT_EQ(read_int(at<int>(32)), 5);
  EXPECT_EQ(accesses(), "brrr....bwww....");
}

UNSANITIZED void repeat_store(void* to, std::size_t count) {
  asm volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(9) : "memory");
  EXPECT_EQ(count, 0U);
}

UNSANITIZED std::size_t equal_bytes(const void* a, const void* b, std::size_t count) {
  const std::size_t all = count;
  asm volatile("repe cmpsb" : "+S"(a), "+D"(b), "+c"(count) : : "memory", "cc");
  return all - count;
}

TEST_F(Stepping, RepeatedInstructions) {
  repeat_store(block_, 12);
  EXPECT_EQ(accesses(), "www.............");
  const char nines[] = "\t\t\t\tx";
  EXPECT_EQ(equal_bytes(block_, nines, 8), 5U) << "up to the first that differs";
}

int answer() { return 42; }

UNSANITIZED int call_through(void* block, std::size_t offset) {
  auto** place = reinterpret_cast<int (**)()>(static_cast<std::byte*>(block) + offset);
  *place = answer;
  int result = 0;
  asm volatile("call *%1"
               : "=a"(result)
               : "m"(*place)
               : "memory", "cc", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11");
  return result + 1;
}

TEST_F(Stepping, CallsThroughMemory) { EXPECT_EQ(call_through(block_, 16), 43); }

TEST_F(Stepping, DividesCellsByAccesses) {
  EXPECT_TRUE(areas_[0].cells().all().empty());
  write_int(at<int>(4), 1);
  EXPECT_TRUE(views_[0].divide_cells());
  EXPECT_FALSE(views_[0].divide_cells());
  EXPECT_EQ(areas_[0].cells().all(), (std::vector<Cell>{{4, 4, false}}));
  copy_bytes(block_, std::string(20, 'x').data(), 20);
  EXPECT_TRUE(views_[0].divide_cells());
  EXPECT_EQ(areas_[0].cells().all(),
            (std::vector<Cell>{{0, 4, false}, {4, 4, false}, {8, 8, false}, {16, 4, false}}));
}

TEST(Areas, AreTheSameFromTheirRecords) {
  std::vector<AreaRecord> records;
  std::byte* block = nullptr;
  {
    Areas areas;
    areas.add({.bytes = 24});
    areas.add({.bytes = 5000});
    areas[1].cells().divide(100, 101);
    block = areas[1].block(3, 2);
    records = areas.records();
  }
  Areas again(records);
  EXPECT_EQ(again.records(), records);
  EXPECT_EQ(again[1].block(3, 2), block);
  EXPECT_EQ(again[1].block_at(block + 4999), block);
  EXPECT_EQ(again.at(block), &again[1]);
  EXPECT_EQ(again.at(&records), nullptr);
  EXPECT_TRUE(again.fixed());
}

TEST(Areas, ArraysAreDividedAtOnce) {
  Areas areas;
  areas.add({.bytes = 800});
  Cells& cells = areas[0].cells();
  for (std::uint32_t i = 0; i < 16; ++i) EXPECT_TRUE(cells.divide(4 * i, 4 * i + 4));
  EXPECT_EQ(cells.all().size(), 200U);
  EXPECT_FALSE(cells.divide(792, 796));
  EXPECT_TRUE(cells.divide(790, 792));
  EXPECT_EQ(cells.all().size(), 201U) << "one access of another size tells nothing of the rest";
}

#endif

}  // namespace
}  // namespace heddle::memory
