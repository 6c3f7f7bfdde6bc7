// Functions of the system that scenario code must not call. Definitions in the program come before
// those of shared libraries, so a call from the program or from the C++ runtime comes here. Outside
// of scenario code it is passed on.
//
// The definitions are weak: whoever defines such a function for scenarios, in the same program,
// takes the place of the one here.
#pragma once

namespace heddle::interpose {

/// Functions that are refused for the same reason.
struct Family {
  const char* used_by;  // "std::mutex": what calls them that users know better; may be empty
  const char* remedy;   // what to do instead, as the end of a sentence
};

/// An argument or a result of any function here: an integer or a pointer. Functions get and pass on
/// as many as there are registers and, on x86-64, two from the stack. More than a function has do
/// no harm: the ABI leaves them to the caller.
using Word = long;
using Function = Word(Word, Word, Word, Word, Word, Word, Word, Word);

/// Whether scenario code runs, on the calling thread.
bool in_scenario();

/// Ends the running scenario thread: it called `function`. Returns if no scenario code runs.
void refuse_in_scenario(const char* function, const Family& family);

/// The system's own function, or null.
Function* find_real(const char* function);

/// The system's own function, for a caller outside of scenario code; others are refused.
Function* real_or_refuse(const char* function, const Family& family);

/// Whether code lies in the library that defines a function, and not in the program.
bool in_library_of(const char* function, const void* code);

}  // namespace heddle::interpose

/// The end of a remedy, where the standard's names can be kept.
#define HEDDLE_OR_STANDARD_NAMES \
  "; heddle::relacy_fakestd lets the standard's names mean that (docs/RELACY.md)"

#define HEDDLE_WORDS                                                                         \
  ::heddle::interpose::Word a, ::heddle::interpose::Word b, ::heddle::interpose::Word c,     \
      ::heddle::interpose::Word d, ::heddle::interpose::Word e, ::heddle::interpose::Word f, \
      ::heddle::interpose::Word g, ::heddle::interpose::Word h

/// Begins the definition of a function of the system, under a name that its header does not
/// declare.
#define HEDDLE_INTERPOSE(function)                                                 \
  extern "C" [[gnu::weak]] ::heddle::interpose::Word heddle_interposed_##function( \
      HEDDLE_WORDS) asm(#function);                                                \
  ::heddle::interpose::Word heddle_interposed_##function(HEDDLE_WORDS)

/// A row of a family's table.
#define HEDDLE_REFUSE(function, family)                                                    \
  HEDDLE_INTERPOSE(function) {                                                             \
    return ::heddle::interpose::real_or_refuse(#function, family)(a, b, c, d, e, f, g, h); \
  }
