// Compiled with fakestd/ on the include path: any of Relacy's headers may come first.
#include <relacy/windows.h>
//
#include <atomic>
#include <mutex>
#include <type_traits>

static_assert(std::is_same_v<std::atomic<int>, rl::atomic<int>>);
static_assert(std::is_same_v<std::mutex, rl::mutex>);
