// rl::ctx() and RL_HIST: what tests and libraries written for Relacy call of its inside.
#pragma once

#include <ostream>
#include <streambuf>

#include "checker/relacy/assert.hpp"
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

/// Relacy's context, as far as tests have a use for it.
class context {
 public:
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

  /// Ends the thread with a failed assertion.
  void fail_test(const char* text, test_result_e /*result*/, debug_info info) {
    heddle::api::check(false, text, info);
  }
  void sched() {}
  void yield(unsigned /*rounds*/, debug_info /*info*/) {}
};

inline context& ctx() {
  static constinit context only;
  return only;
}
inline bool is_ctx() { return heddle::api::current_engine != nullptr; }

/// An event that is a text.
struct user_msg_event {
  const char* msg_;
  void output(std::ostream& stream) const { stream << msg_; }
};

}  // namespace rl

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
