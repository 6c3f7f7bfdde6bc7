// Sleeping: time does not pass in a scenario, and orders nothing.
#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"

namespace {

constexpr heddle::interpose::Family sleeps{
    .used_by = "std::this_thread::sleep_for and sleep_until",
    .remedy = "leave it out: every order of the threads is explored, as if each slept anywhere"};

}  // namespace

HEDDLE_REFUSE(sleep, sleeps)
HEDDLE_REFUSE(usleep, sleeps)
HEDDLE_REFUSE(nanosleep, sleeps)
HEDDLE_REFUSE(clock_nanosleep, sleeps)
HEDDLE_REFUSE(thrd_sleep, sleeps)

namespace heddle::interpose {

void refuse_sleeps() {}

}  // namespace heddle::interpose
