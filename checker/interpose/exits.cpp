// Ends of the whole process, which leave no verdict. abort() needs nothing here: its signal is a
// crash.
#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"

namespace {

constexpr heddle::interpose::Family exits{
    .used_by = "",
    .remedy = "let the thread return; what must not happen is RL_ASSERT or heddle::api::check"};

}  // namespace

HEDDLE_REFUSE(exit, exits)
HEDDLE_REFUSE(_exit, exits)
HEDDLE_REFUSE(_Exit, exits)
HEDDLE_REFUSE(quick_exit, exits)

namespace heddle::interpose {

void refuse_exits() {}

}  // namespace heddle::interpose
