// Every text is either a litmus test or refused with an Error: nothing else may happen.
#include <cstdlib>

#include "checker/litmus/litmus.hpp"
#include "checker/litmus/program.hpp"

namespace {

using heddle::litmus::Test;

/// The header and the condition of `test` alone, with everything that the condition names.
std::string reduced(const Test& test) {
  std::string text = "C t\n{";
  for (const auto& object : test.objects) text += object.name + "=0; ";
  text += "}\n";
  for (const auto& thread : test.threads) {
    text += "P" + std::to_string(thread.number) + " () {";
    for (const std::string& name : thread.registers) text += "int " + name + "; ";
    text += "}\n";
  }
  return text + heddle::litmus::condition_text(test);
}

/// What is printed must mean the same when it is read.
void check_round_trip(const Test& test) {
  try {
    const std::string again =
        heddle::litmus::condition_text(heddle::litmus::parse(reduced(test), "again"));
    if (again != heddle::litmus::condition_text(test)) std::abort();
  } catch (const heddle::litmus::Error&) {
    // Parentheses of the printed form may be nested deeper than is supported.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  try {
    const Test test =
        heddle::litmus::parse({reinterpret_cast<const char*>(data), size}, "fuzz.litmus");
    const heddle::litmus::Program program(test);
    if (program.labels.size() != test.threads.size()) std::abort();
    check_round_trip(test);
  } catch (const heddle::litmus::Error& error) {
    const std::string what = error.what();
    if (what.size() > 400 || what.find('\n') != std::string::npos) std::abort();
  }
  return 0;
}
