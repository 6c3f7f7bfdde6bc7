// Threads of the system: the checker runs none beside its own.
#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"

namespace {

constexpr heddle::interpose::Family threads{.used_by = "std::thread, std::jthread and std::async",
                                            .remedy =
                                                "use rl::thread, a thread of the test suite or "
                                                "heddle::api::spawn" HEDDLE_OR_STANDARD_NAMES};

}  // namespace

HEDDLE_REFUSE(pthread_create, threads)
HEDDLE_REFUSE(pthread_join, threads)
HEDDLE_REFUSE(pthread_tryjoin_np, threads)
HEDDLE_REFUSE(pthread_timedjoin_np, threads)
HEDDLE_REFUSE(pthread_clockjoin_np, threads)
HEDDLE_REFUSE(pthread_detach, threads)
HEDDLE_REFUSE(pthread_exit, threads)
HEDDLE_REFUSE(pthread_cancel, threads)
HEDDLE_REFUSE(thrd_create, threads)
HEDDLE_REFUSE(thrd_join, threads)
HEDDLE_REFUSE(thrd_detach, threads)
HEDDLE_REFUSE(thrd_exit, threads)

namespace heddle::interpose {

void refuse_threads() {}

}  // namespace heddle::interpose
