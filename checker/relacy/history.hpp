// rl::ctx() and RL_HIST: what tests and libraries written for Relacy call of its inside.
#pragma once

#include <optional>
#include <ostream>
#include <streambuf>
#include <string>

#include "checker/relacy/assert.hpp"
#include "checker/relacy/memory_order.hpp"
#include "checker/relacy/result.hpp"

namespace rl {

namespace detail {

/// Writes into memory of its own, since an allocation would be one of the test.
class NoteBuffer : public std::streambuf {
 public:
  NoteBuffer() { setp(text_, text_ + sizeof(text_) - 1); }
  const char* text() {
    *pptr() = 0;
    return text_;
  }

 private:
  char text_[256] = {};
};

}  // namespace detail

/// Ends the execution with a result of Relacy's. Returns only to an invariant.
void fail_test(const char* text, test_result_e result, const debug_info& info);
/// The result that fail_test() gave, if this is the message of a violation that it reported as a
/// failed assertion, for want of a kind.
std::optional<test_result_e> result_in(const std::string& message);

/// What a choice is for: all are explored alike.
enum sched_type {
  sched_type_sched,
  sched_type_atomic_load,
  sched_type_cas_fail,
  sched_type_mem_realloc,
  sched_type_user,
};

/// Relacy's context, as far as tests have a use for it.
class context {
 public:
  static context& instance();
  static bool is_instance() { return heddle::api::current_engine != nullptr; }

  thread_id_t current_thread() const { return static_cast<thread_id_t>(thread_index()); }
  bool collecting_history() const { return true; }
  bool is_random_sched() const { return false; }

  void exec_log_msg(debug_info info, const char* text) { heddle::api::note(text, info); }
  /// Leaves what event.output(stream) writes in the counterexample, cut after 255 characters.
  template <typename Event>
  void exec_log(debug_info info, const Event& event) {
    detail::NoteBuffer buffer;
    std::ostream stream(&buffer);
    event.output(stream);
    heddle::api::note(buffer.text(), info);
  }

  void fail_test(const char* text, test_result_e result, debug_info info) {
    rl::fail_test(text, result, info);
  }
  void rl_until(const char* text, debug_info info) { detail::until(true, text, info); }
  unsigned rand(unsigned limit, sched_type /*type*/ = sched_type_user) { return rl::rand(limit); }
  void sched() {}
  void yield(unsigned /*rounds*/, debug_info /*info*/) {}

  int get_errno() { return rl::get_errno(); }
  void set_errno(int value) { rl::set_errno(value); }
  void atomic_thread_fence_acquire() { heddle::api::fence(mo_acquire); }
  void atomic_thread_fence_release() { heddle::api::fence(mo_release); }
  void atomic_thread_fence_acq_rel() { heddle::api::fence(mo_acq_rel); }
  void atomic_thread_fence_seq_cst() { heddle::api::fence(mo_seq_cst); }

  /// C++ knows no such thing: other threads run all the same, and counterexamples say so.
  void disable_preemption() {
    heddle::api::note("disable_preemption() has no effect: the other threads may run here");
  }
  void enable_preemption() {}
};

inline context& context::instance() {
  static constinit context only;
  return only;
}
inline context& ctx() { return context::instance(); }
inline bool is_ctx() { return context::is_instance(); }

class preemption_disabler {
 public:
  explicit preemption_disabler(context& context) : context_(context) {
    context_.disable_preemption();
  }
  ~preemption_disabler() { context_.enable_preemption(); }
  preemption_disabler(const preemption_disabler&) = delete;
  preemption_disabler& operator=(const preemption_disabler&) = delete;

 private:
  context& context_;
};

/// An event that is a text.
struct user_msg_event {
  std::string msg_;
  void output(std::ostream& stream) const { stream << msg_; }
};
struct user_event {
  const char* desc_;
  void output(std::ostream& stream) const { stream << desc_; }
};

/// "function, file(line)"
std::ostream& operator<<(std::ostream& stream, debug_info_param info);

}  // namespace rl

/// Ends the execution with the result if the condition is false.
#define RL_ASSERT_IMPL(CONDITION, RESULT, TEXT, INFO)                  \
  do {                                                                 \
    if (!(CONDITION)) ::rl::ctx().fail_test((TEXT), (RESULT), (INFO)); \
  } while (false)

/// `RL_HIST(event_type) {its members} RL_HIST_END();` where `info` is a source position.
#define RL_HIST(TYPE) RL_HIST_IMPL(::rl::ctx(), info, TYPE)
#define RL_HIST_CTX(TYPE) RL_HIST(TYPE)
#define RL_HIST_IMPL(CONTEXT, INFO, TYPE)       \
  do {                                          \
    const ::rl::debug_info rl_hist_info = INFO; \
    ::rl::context& rl_hist_context = CONTEXT;   \
  const TYPE rl_hist_event =
#define RL_HIST_END()                                    \
  ;                                                      \
  rl_hist_context.exec_log(rl_hist_info, rl_hist_event); \
  }                                                      \
  while (false)
