#include "checker/hooks/program_code.hpp"

#include <unwind.h>

#include <array>

#include "checker/fiber/own_stack.hpp"
#include "checker/hooks/debug_info.hpp"
#include "checker/memory/areas.hpp"
#include "checker/symbols/modules.hpp"
#include "checker/symbols/source_text.hpp"

namespace heddle::hooks {
namespace {

constexpr int most_frames = 64;
constexpr std::size_t stack_bytes = 1 << 20;  // a multiple of 16

/// Whether the author of the program did not write it.
bool of_the_system(const std::string& file) {
  return file.empty() || file.starts_with("/usr/") || file.find("/checker/hooks/") != file.npos;
}

/// A frame as compiled code with a frame pointer leaves it.
struct Frame {
  const Frame* caller;
  const void* code;
};

/// Whether `next` may be a frame of who called `frame`'s function. Others' code keeps no frame
/// pointer: then there is any number.
bool plausible(const Frame* frame, const Frame* next) {
  constexpr std::ptrdiff_t farthest = 1 << 20;
  const auto distance =
      reinterpret_cast<const std::byte*>(next) - reinterpret_cast<const std::byte*>(frame);
  return distance > 0 && distance < farthest && reinterpret_cast<std::uintptr_t>(next) % 8 == 0;
}

/// Return addresses, innermost first, as the tables for exceptions tell them.
struct Backtrace {
  std::array<const void*, most_frames> code;
  std::size_t size = 0;
};

_Unwind_Reason_Code add_frame(_Unwind_Context* context, void* result) {
  auto& trace = *static_cast<Backtrace*>(result);
  if (trace.size == trace.code.size()) return _URC_END_OF_STACK;
  trace.code[trace.size++] = reinterpret_cast<const void*>(_Unwind_GetIP(context));
  return _URC_NO_REASON;
}

}  // namespace

ProgramCode::ProgramCode() : stack_(stack_bytes) {
  symbols::debug_information();  // read now: a thread of the scenario must not be the first to ask
}

const char* ProgramCode::keep(const std::string& text) {
  return texts_.try_emplace(text).first->first.c_str();
}

const ProgramCode::Found& ProgramCode::place_of(const void* code) {
  const auto [entry, fresh] = places_.try_emplace(code);
  if (!fresh) return entry->second;
  // The code that was called returns behind the call.
  // The library that reads debug information takes more stack than the checker's has.
  std::vector<SourcePlace> places;
  fiber::run_on(stack_.data() + stack_.size(), [&]() -> std::uint64_t {
    places = places_of(static_cast<const std::byte*>(code) - 1);
    return 0;
  });
  const SourcePlace* chosen = &places.front();
  for (const SourcePlace& place : places) {
    if (of_the_system(place.file)) continue;
    chosen = &place;
    entry->second.own = true;
    break;
  }
  entry->second.site = api::Site::at(keep(symbols::below_source_root(chosen->file)),
                                     keep(chosen->function), chosen->line);
  return entry->second;
}

/// Libraries keep no frame pointers: their callers are found in another way, which is slower.
const ProgramCode::Found* ProgramCode::behind_library(const void* code) {
  Backtrace trace;
  _Unwind_Backtrace(add_frame, &trace);
  std::size_t at = 0;
  while (at < trace.size && trace.code[at] != code) ++at;
  for (; at < trace.size; ++at) {
    const Found& found = place_of(trace.code[at]);
    if (found.own) return &found;
  }
  return nullptr;
}

const api::Site& ProgramCode::site_of(const runtime::Caller& caller) {
  const Found& innermost = place_of(caller.code);
  if (!memory::in_program_code(caller.code)) {
    const Found* found = behind_library(caller.code);
    return found == nullptr ? innermost.site : found->site;
  }
  const auto* frame = static_cast<const Frame*>(caller.frame);
  const Found* found = &innermost;
  for (int i = 0; i < most_frames && !found->own && frame != nullptr; ++i) {
    const Frame* next = frame->caller;
    if (!plausible(frame, next)) break;
    frame = next;
    found = &place_of(frame->code);
  }
  return found->own ? found->site : innermost.site;
}

}  // namespace heddle::hooks
