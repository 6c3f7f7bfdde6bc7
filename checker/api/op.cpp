#include "checker/api/op.hpp"

#include <cstdio>
#include <cstdlib>

namespace heddle::api {

void no_engine(const Site& site) {
  std::fprintf(stderr,
               "heddle: %s:%u: a modelled object is used outside of a scenario; "
               "make it a member of the test suite or create it in before() or thread()\n",
               site.file, site.line);
  std::exit(4);
}

// For engines that run one thread only.
void*& Engine::thread_slot() {
  static void* slot = nullptr;
  return slot;
}

void* Engine::thread_memory(std::size_t bytes) { return std::calloc(1, bytes); }

constinit AroundOp around_op = nullptr;

Reply heddle_perform_at(Engine* engine, const Op* op, const void* frame) asm("heddle_perform_at");
Reply heddle_perform_at(Engine* engine, const Op* op, const void* frame) {
  return engine->perform(*op, frame);
}

#if defined(__x86_64__)
// Pushes every callee-saved register, so that all a thread remembers lies at or above `frame`. In
// assembly because a compiled function would leave unwritten gaps in its frame. 8(%rdi) is
// Engine::own_stack_.
asm(R"(
    .text
    .globl heddle_perform
    .type heddle_perform, @function
heddle_perform:
    .cfi_startproc
    movq heddle_around_op@GOTPCREL(%rip), %rax
    movq (%rax), %rax
    testq %rax, %rax
    jz 1f
    pushq %rdi
    .cfi_adjust_cfa_offset 8
    pushq %rsi
    .cfi_adjust_cfa_offset 8
    subq $8, %rsp
    .cfi_adjust_cfa_offset 8
    movq %rsi, %rdi
    xorl %esi, %esi
    call *%rax
    addq $8, %rsp
    .cfi_adjust_cfa_offset -8
    popq %rsi
    .cfi_adjust_cfa_offset -8
    popq %rdi
    .cfi_adjust_cfa_offset -8
    pushq %rsi
    .cfi_adjust_cfa_offset 8
    call 1f
    popq %rdi
    .cfi_adjust_cfa_offset -8
    pushq %rax
    .cfi_adjust_cfa_offset 8
    pushq %rdx
    .cfi_adjust_cfa_offset 8
    subq $8, %rsp
    .cfi_adjust_cfa_offset 8
    movl $1, %esi
    movq heddle_around_op@GOTPCREL(%rip), %rax
    call *(%rax)
    addq $8, %rsp
    .cfi_adjust_cfa_offset -8
    popq %rdx
    .cfi_adjust_cfa_offset -8
    popq %rax
    .cfi_adjust_cfa_offset -8
    ret
1:
    pushq %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    pushq %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    pushq %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    pushq %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    pushq %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    pushq %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    pushq $0
    .cfi_adjust_cfa_offset 8
    movq %rsp, %rdx
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    movq 8(%rdi), %rax
    testq %rax, %rax
    cmovneq %rax, %rsp
    call heddle_perform_at
    movq %rbp, %rsp
    .cfi_def_cfa_register %rsp
    addq $8, %rsp
    .cfi_adjust_cfa_offset -8
    popq %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    popq %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    popq %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    popq %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    popq %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    popq %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    ret
    .cfi_endproc
    .size heddle_perform, .-heddle_perform
)");
#else
Reply heddle_perform(Engine* engine, const Op* op) {
  if (around_op != nullptr) around_op(op, false);
  const Reply reply = engine->perform(*op, nullptr);
  if (around_op != nullptr) around_op(op, true);
  return reply;
}
#endif

}  // namespace heddle::api
