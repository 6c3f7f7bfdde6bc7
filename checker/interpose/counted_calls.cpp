#include "checker/interpose/counted_calls.hpp"

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "checker/interpose/interpose.hpp"
#include "checker/interpose/refusal.hpp"
#include "checker/runtime/scenario_memory.hpp"

#ifdef HEDDLE_COUNTS_CALLS

namespace heddle::interpose {
namespace {

/// What a function keeps, in the order of the macros.
enum class Kept : std::uint32_t {
  state,
  stream,
  descriptor,
  stream_position,
  descriptor_position,
  mapping,
};

/// A row, as its macro lays it out.
struct Row {
  const char* function;
  Function* real;
  Kept kept;
  std::uint32_t argument;
};

constexpr Family output{
    .used_by = "",
    .remedy = "what was put out so far is no part of the scenario; count it in a variable"};

/// Whether the call is about standard output or error.
bool is_output(const Row& row, Word argument) {
  switch (row.kept) {
    case Kept::stream:
    case Kept::stream_position:
      return argument == reinterpret_cast<Word>(stdout) ||
             argument == reinterpret_cast<Word>(stderr);
    case Kept::descriptor:
    case Kept::descriptor_position:
      return static_cast<int>(argument) == STDOUT_FILENO ||
             static_cast<int>(argument) == STDERR_FILENO;
    default:
      return false;
  }
}

void note(const Row& row, Word argument) {
  const bool asks = row.kept == Kept::stream_position || row.kept == Kept::descriptor_position;
  if (row.kept == Kept::mapping) {
    runtime::current_memory->note_mapping();
  } else if (!is_output(row, argument)) {
    runtime::current_memory->note_hidden_state();
  } else if (asks) {
    refuse_in_scenario(row.function, output);
  }
}

}  // namespace
}  // namespace heddle::interpose

using heddle::interpose::Function;
using heddle::interpose::Row;

// All rows, as the linker joins them.
extern "C" Row heddle_first_row[] asm("__start_heddle_counted");
extern "C" Row heddle_last_row[] asm("__stop_heddle_counted");

/// Notes the call of a row's function, and returns the system's function. `arguments` are those in
/// registers.
extern "C" Function* heddle_on_counted_call(const Row& row,
                                            const heddle::interpose::Word* arguments);

Function* heddle_on_counted_call(const Row& row, const heddle::interpose::Word* arguments) {
  if (heddle::runtime::current_memory != nullptr) note(row, arguments[row.argument]);
  Function* real = row.real != nullptr ? row.real : heddle::interpose::find_real(row.function);
  // Nobody could call it without us.
  if (real == nullptr) std::abort();
  return real;
}

// With a row in r11, keeps all registers that may hold arguments, and goes on to the system's
// function as if it had been called.
asm(R"(
.pushsection .text
.type heddle_counted_call, @function
.globl heddle_counted_call
.hidden heddle_counted_call
heddle_counted_call:
  .cfi_startproc
  pushq %rbp
  .cfi_def_cfa_offset 16
  .cfi_offset %rbp, -16
  movq %rsp, %rbp
  .cfi_def_cfa_register %rbp
  andq $-16, %rsp
  subq $192, %rsp
  movq %rdi, (%rsp)
  movq %rsi, 8(%rsp)
  movq %rdx, 16(%rsp)
  movq %rcx, 24(%rsp)
  movq %r8, 32(%rsp)
  movq %r9, 40(%rsp)
  movq %rax, 48(%rsp)
  movups %xmm0, 64(%rsp)
  movups %xmm1, 80(%rsp)
  movups %xmm2, 96(%rsp)
  movups %xmm3, 112(%rsp)
  movups %xmm4, 128(%rsp)
  movups %xmm5, 144(%rsp)
  movups %xmm6, 160(%rsp)
  movups %xmm7, 176(%rsp)
  movq %r11, %rdi
  movq %rsp, %rsi
  call heddle_on_counted_call
  movq %rax, %r11
  movq (%rsp), %rdi
  movq 8(%rsp), %rsi
  movq 16(%rsp), %rdx
  movq 24(%rsp), %rcx
  movq 32(%rsp), %r8
  movq 40(%rsp), %r9
  movq 48(%rsp), %rax
  movups 64(%rsp), %xmm0
  movups 80(%rsp), %xmm1
  movups 96(%rsp), %xmm2
  movups 112(%rsp), %xmm3
  movups 128(%rsp), %xmm4
  movups 144(%rsp), %xmm5
  movups 160(%rsp), %xmm6
  movups 176(%rsp), %xmm7
  movq %rbp, %rsp
  popq %rbp
  .cfi_def_cfa %rsp, 8
  jmp *%r11
  .cfi_endproc
.size heddle_counted_call, . - heddle_counted_call
.popsection
)");

namespace heddle::interpose {

void find_counted_functions() {
  for (Row* row = heddle_first_row; row != heddle_last_row; ++row) {
    row->real = find_real(row->function);
  }
}

}  // namespace heddle::interpose

#else

namespace heddle::interpose {

void find_counted_functions() {}

}  // namespace heddle::interpose

#endif
