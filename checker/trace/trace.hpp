// The record of one execution, in the order in which it is shown and replayed. Reports see nothing
// else.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/property/violation.hpp"

namespace heddle::trace {

inline constexpr int format_version = 4;

/// One step of a thread. Numbers of steps count from 1 in the order of Trace::steps.
struct Step {
  std::uint32_t thread = 0;
  std::string operation;               // OpKind in words: "load", "compare_exchange", "lock", ...
  std::string order;                   // "acquire", ...; empty where none applies
  std::string object;                  // the object's name; empty where none applies
  std::string object_type;             // "atomic", "var", "mutex", "memory" (a block of the heap),
                                       // "cell" (a part of a shared block)
  std::optional<std::string> read;     // the value read, as shown to a person
  std::optional<std::string> written;  // the value written
  std::optional<bool> success;         // of compare_exchange and try_lock
  std::optional<std::uint32_t> reads_from;  // the step whose write was read
  std::optional<std::uint32_t>
      coherence;       // position of the write in the object's coherence order, from 0
  bool stale = false;  // a newer write to the object is earlier in this order: only a weak memory
                       // model allows this read
  std::uint64_t choice = 0;  // of choose: the value taken
  bool spurious = false;     // a weak operation failed although its condition was met
  bool waits = false;        // the thread waits here, or fails in vain: it goes no further
  std::optional<std::uint32_t> target;  // the thread that spawn starts or join waits for
  std::string note;  // what this step means beyond its operation, for people: "starts thread 2"
  std::string file;  // source position, as the compiler was given it
  std::string function;
  std::uint32_t line = 0;
  std::string text;  // the source line, trimmed; empty if it could not be read
  std::vector<std::uint32_t>
      clock;  // per thread: its last step that happens-before this one, or this one itself; 0: none

  bool operator==(const Step&) const = default;
};

struct Violation {
  ViolationKind kind{};
  std::string message;       // a sentence that says in words what went wrong
  std::uint32_t thread = 0;  // the thread in which it showed
  std::uint32_t step = 0;    // the step at which it showed; 0 if at the end of the execution
  std::uint32_t other_step =
      0;             // the second access of a race, the release before a use, ...; 0 if none
  std::string file;  // where it showed
  std::uint32_t line = 0;

  bool operator==(const Violation&) const = default;
};

/// One sentence of the explanation, and the steps that it speaks of.
struct Reason {
  std::string text;
  std::vector<std::uint32_t> steps;

  bool operator==(const Reason&) const = default;
};

/// How simple the execution is, if the checker looked for a simple one.
struct Simplicity {
  std::uint32_t switches = 0;  // changes from one thread to another in the order of the steps
  std::uint32_t events = 0;
  bool minimal = false;  // no violating execution has fewer switches, or as few and fewer events

  bool operator==(const Simplicity&) const = default;
};

/// Memory that threads share as plain data: blocks of the heap that one place in the code
/// allocates, or a page of a stack. A replay divides it into the same parts.
struct SharedMemory {
  std::string place;        // "heap" or "stack"
  std::uint32_t bytes = 0;  // of a block or page
  std::uint64_t at = 0;     // heap: what allocates, as an offset in the program, 0: a library;
                            // stack: the address
  std::vector<std::uint32_t> offsets;  // where a part begins, ascending
  std::vector<std::uint32_t> sizes;    // 1 to 8, as many as there are offsets
  std::vector<std::uint32_t> changes;  // as many: 1 if threads may race for it, else 0

  bool operator==(const SharedMemory&) const = default;
};

struct Trace {
  std::string scenario;
  std::map<std::string, std::int64_t> settings;
  std::string model;
  bool spurious = false;             // spurious failures of weak compare_exchange were explored
  std::vector<std::string> threads;  // thread number -> what it is called
  std::vector<SharedMemory> shared_memory;  // in the order in which they turned out to be shared
  std::vector<Reason> explanation;  // why the property does not hold; empty if nobody found out
  std::optional<Simplicity> simplest;
  std::vector<Step> steps;
  std::optional<Violation> violation;
  std::map<std::string, std::vector<std::string>>
      sources;  // the lines of the files that steps name, as far as they could be read
};

/// The trace as versioned JSON (docs/TRACE-FORMAT.md).
std::string to_json(const Trace& trace);

/// Reads what to_json wrote. Throws std::runtime_error with a clear sentence if `text` is no trace,
/// is truncated, or is of another version.
Trace from_json(const std::string& text);

}  // namespace heddle::trace
