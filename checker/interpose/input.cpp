// Waiting for input or for other processes.
#include <poll.h>

#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"
#include "checker/runtime/scenario_memory.hpp"

namespace {

using heddle::interpose::find_real;
using heddle::interpose::Word;

constexpr heddle::interpose::Family input{
    .used_by = "", .remedy = "make what comes from outside a parameter or a choice (rl::rand)"};
constexpr heddle::interpose::Family reading{
    .used_by = "",
    .remedy =
        "there is nothing to be read yet, so it would wait; make what comes from outside a "
        "parameter or a choice (rl::rand)"};

/// Files are read at once; terminals, pipes and sockets are waited for.
bool would_wait(int descriptor) {
  pollfd asked{.fd = descriptor, .events = POLLIN, .revents = 0};
  return find_real("poll")(reinterpret_cast<Word>(&asked), 1, 0, 0, 0, 0, 0, 0) == 0;
}

}  // namespace

HEDDLE_INTERPOSE(read) {
  if (heddle::interpose::in_scenario()) {
    if (would_wait(static_cast<int>(a))) heddle::interpose::refuse_in_scenario("read", reading);
    heddle::runtime::current_memory->note_hidden_state();
  }
  return find_real("read")(a, b, c, d, e, f, g, h);
}

HEDDLE_REFUSE(poll, input)
HEDDLE_REFUSE(__poll_chk, input)
HEDDLE_REFUSE(ppoll, input)
HEDDLE_REFUSE(__ppoll_chk, input)
HEDDLE_REFUSE(select, input)
HEDDLE_REFUSE(pselect, input)
HEDDLE_REFUSE(epoll_wait, input)
HEDDLE_REFUSE(epoll_pwait, input)
HEDDLE_REFUSE(epoll_pwait2, input)
HEDDLE_REFUSE(accept, input)
HEDDLE_REFUSE(accept4, input)
HEDDLE_REFUSE(connect, input)
HEDDLE_REFUSE(recv, input)
HEDDLE_REFUSE(__recv_chk, input)
HEDDLE_REFUSE(recvfrom, input)
HEDDLE_REFUSE(__recvfrom_chk, input)
HEDDLE_REFUSE(recvmsg, input)
HEDDLE_REFUSE(recvmmsg, input)
HEDDLE_REFUSE(msgrcv, input)
HEDDLE_REFUSE(mq_receive, input)
HEDDLE_REFUSE(mq_timedreceive, input)
HEDDLE_REFUSE(flock, input)
HEDDLE_REFUSE(lockf, input)

namespace heddle::interpose {

void refuse_input() {}

}  // namespace heddle::interpose
