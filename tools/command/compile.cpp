#include "tools/command/compile.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sstream>

#include "tools/cli/error.hpp"
#include "tools/command/child.hpp"

namespace heddle::command {
namespace {

namespace fs = std::filesystem;

std::string in_path(const std::string& name) {
  if (name.find('/') != std::string::npos) return ::access(name.c_str(), X_OK) == 0 ? name : "";
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string file = (folder.empty() ? "." : folder) + "/" + name;
    if (::access(file.c_str(), X_OK) == 0) return file;
  }
  return "";
}

/// Where libheddle_program.so is: beside the folder of this program.
fs::path library_folder() {
  std::error_code error;
  const fs::path own = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const char* below : {"../lib", "../lib64", "../lib/x86_64-linux-gnu"}) {
    const fs::path folder = (own / below).lexically_normal();
    if (!error && fs::exists(folder / "libheddle_program.so", error)) return folder;
  }
  throw cli::UsageError("found no libheddle_program.so beside this program: install heddle anew");
}

bool is_clang(const std::string& path) {
  return fs::path(path).filename().string().find("clang") != std::string::npos;
}

/// The name of a compiler for the other language: "g++-12" of "gcc-12".
std::string for_language(bool cpp, const std::string& name) {
  constexpr const char* pairs[][2] = {{"gcc", "g++"}, {"cc", "c++"}};
  const std::size_t folder = name.find_last_of('/') + 1;
  for (const auto& [c, cxx] : pairs) {
    const char* from = cpp ? c : cxx;
    const char* to = cpp ? cxx : c;
    const std::size_t at = name.find(from, folder);
    const bool has_other =
        name.find(to, folder) != std::string::npos && std::strlen(to) > std::strlen(from);
    if (at == std::string::npos || has_other) continue;
    return name.substr(0, at) + to + name.substr(at + std::strlen(from));
  }
  return name;
}

/// A name that is not the default: it announces memory accesses (-fsanitize=thread), and links the
/// checker where the sanitizer's own library would be.
std::vector<std::string> flags_of() {
  const std::string folder = library_folder().string();
  std::vector<std::string> flags = {"-g",
                                    "-O1",
                                    "-fno-omit-frame-pointer",
                                    "-pthread",
                                    "-fsanitize=thread",
                                    "-Wl,-rpath," + folder};
  // The last one: else g++ removes a static variable that is only written, and with it the reads of
  // others that it is set to. Those may be one half of a race.
  for (const char* flag : {"--param", "tsan-instrument-func-entry-exit=0", "-Wno-tsan",
                           "-fno-ipa-reference-addressable"}) {
    flags.emplace_back(flag);
  }
  // There lie a libtsan.so and what belongs to it: the checker, under the names that g++ links.
  flags.push_back("-B" + folder + "/heddle");
  return flags;
}

void refuse_flags(const std::vector<std::string>& flags) {
  for (const std::string& flag : flags) {
    if (flag == "-static") {
      throw cli::UsageError(
          "-static: a program that is explored must be linked with shared libraries, whose "
          "functions heddle stands in front of; leave it out");
    }
    if (flag.starts_with("-fsanitize=") && flag != "-fsanitize=thread") {
      throw cli::UsageError(fmt::format(
          "{}: another sanitizer can't be used together with heddle; leave it out", flag));
    }
    if (flag.starts_with("-fmodules") || flag == "-fmodules-ts") {
      throw cli::UsageError(fmt::format("{}: C++20's modules are not supported", flag));
    }
  }
}

bool run_compiler(const Compiler& compiler, const std::vector<std::string>& arguments) {
  std::vector<std::string> words = compiler.flags;
  words.insert(words.end(), arguments.begin(), arguments.end());
  const Ended ended = run_child(compiler.path, words, false);
  return ended.signal == 0 && ended.status == 0;
}

}  // namespace

bool is_c(const std::string& file) { return fs::path(file).extension() == ".c"; }

Compiler compiler_for(bool cpp, const std::string& wanted) {
  const std::string name = wanted.empty() ? (cpp ? "g++" : "gcc") : for_language(cpp, wanted);
  if (is_clang(name)) {
    throw cli::UsageError(fmt::format(
        "{}: programs must be compiled by g++; what clang announces of memory is not understood",
        name));
  }
  const std::string path = in_path(name);
  if (path.empty()) throw cli::UsageError(fmt::format("found no compiler '{}' in PATH", name));
  return {path, flags_of()};
}

bool build_program(const std::vector<std::string>& files, const std::vector<std::string>& flags,
                   const std::string& compiler, const std::string& program) {
  refuse_flags(flags);
  const fs::path folder = fs::path(program).parent_path();
  std::vector<std::string> objects;
  for (const std::string& file : files) {
    std::error_code error;
    if (!fs::exists(file, error)) throw cli::UsageError(fmt::format("no such file: {}", file));
    if (fs::path(file).extension() == ".o" || fs::path(file).extension() == ".a") {
      objects.push_back(file);
      continue;
    }
    objects.push_back((folder / fmt::format("{}.o", objects.size())).string());
    std::vector<std::string> arguments = {"-c", file, "-o", objects.back()};
    if (!is_c(file)) arguments.insert(arguments.begin(), "-std=c++20");
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    if (!run_compiler(compiler_for(!is_c(file), compiler), arguments)) return false;
  }
  const bool cpp = !std::all_of(files.begin(), files.end(), is_c);
  std::vector<std::string> arguments = objects;
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  arguments.insert(arguments.end(),
                   {"-lheddle_program", "-L" + library_folder().string(), "-o", program});
  return run_compiler(compiler_for(cpp, compiler), arguments);
}

int compile_only(bool cpp, const std::vector<std::string>& arguments) {
  refuse_flags(arguments);
  const Compiler compiler = compiler_for(cpp, "");
  std::vector<std::string> words = {compiler.path};
  words.insert(words.end(), compiler.flags.begin(), compiler.flags.end());
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::execv(pointers[0], pointers.data());
  throw cli::UsageError(fmt::format("can't start '{}': {}", compiler.path, std::strerror(errno)));
}

}  // namespace heddle::command
