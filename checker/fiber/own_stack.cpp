#include "checker/fiber/own_stack.hpp"

namespace heddle::fiber {

#if defined(__x86_64__)
asm(R"(
    .text
    .globl heddle_call_on
    .type heddle_call_on, @function
heddle_call_on:
    .cfi_startproc
    pushq %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    movq %rdi, %rsp
    movq %rdx, %rdi
    call *%rsi
    movq %rbp, %rsp
    .cfi_def_cfa_register %rsp
    popq %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    ret
    .cfi_endproc
    .size heddle_call_on, .-heddle_call_on
)");
#else
std::uint64_t call_on(void*, std::uint64_t (*function)(void*), void* argument) {
  return function(argument);
}
#endif

}  // namespace heddle::fiber
