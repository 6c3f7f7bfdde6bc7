// How C and C++ code becomes a program that is explored.
#pragma once

#include <string>
#include <vector>

namespace heddle::command {

/// A compiler of C or C++, and what makes its programs announce what they do.
struct Compiler {
  std::string path;                // of the program
  std::vector<std::string> flags;  // to go in front of all others
};

/// The compiler for a language. `wanted`: its name or path, of either language; empty: g++ or gcc.
/// Throws UsageError if there is none of that name, or if it is clang.
Compiler compiler_for(bool cpp, const std::string& wanted);

/// Whether a file's name says that it holds C.
bool is_c(const std::string& file);

/// Compiles the files, with `flags` given by the user, and links them into `program`. Compilers
/// print their errors themselves. Returns whether it worked. Throws UsageError if something is
/// wrong that a compiler would not say, or would say in other words.
bool build_program(const std::vector<std::string>& files, const std::vector<std::string>& flags,
                   const std::string& compiler, const std::string& program);

/// `heddle cc` and `heddle c++`: becomes the compiler with these arguments. Returns only if that
/// fails, with an exit status.
int compile_only(bool cpp, const std::vector<std::string>& arguments);

}  // namespace heddle::command
