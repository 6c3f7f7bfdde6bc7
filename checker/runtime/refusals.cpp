// Calls that can't be explored, on the thread's own stack.
#include <unwind.h>

#include <string>

#include "checker/runtime/thread.hpp"

namespace heddle::runtime {
namespace {

constexpr std::size_t most_frames = 64;

_Unwind_Reason_Code add_frame(_Unwind_Context* context, void* frames) {
  auto& all = *static_cast<std::vector<const void*>*>(frames);
  if (const auto code = _Unwind_GetIP(context); code != 0) {
    all.push_back(reinterpret_cast<const void*>(code));
  }
  return all.size() < most_frames ? _URC_NO_REASON : _URC_END_OF_STACK;
}

std::string sentence(const RefusedCall& call) {
  std::string text = "the thread calls " + std::string(call.function) + "()";
  if (*call.used_by != '\0') text += " (used by " + std::string(call.used_by) + ")";
  return text + ", which can't be explored: " + call.remedy;
}

}  // namespace

void Program::refuse(const RefusedCall& call) {
  on_own_stack([&]() -> std::uint64_t {
    Thread& thread = *running_;
    // From the checker's stack it goes on to the thread's.
    std::vector<const void*> stack;
    _Unwind_Backtrace(add_frame, &stack);
    settle(thread);
    Node node;
    node.op = {.kind = api::OpKind::fail, .text = intern(sentence(call)), .site = thread.site};
    node.end = End::violated;
    node.violation = ViolationKind::unmodelled_call;
    node.stack = &*stacks_.insert(std::move(stack)).first;
    end_at(thread, node);
    return 0;
  });
}

}  // namespace heddle::runtime
