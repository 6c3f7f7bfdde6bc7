#include "tools/cli/error.hpp"

#include <cstdio>
#include <exception>
#include <new>

#include "checker/report/safe_text.hpp"

namespace heddle::cli {

void print_error(const std::string& message) {
  // One write, so that the lines of several processes do not mix.
  const std::string line = "heddle: " + report::safe(message) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
}

int guarded(const std::function<int()>& program) {
  try {
    return program();
  } catch (const std::bad_alloc&) {
    print_error("out of memory");
  } catch (const std::exception& error) {
    print_error(error.what());
  } catch (...) {
    print_error("an unknown error");
  }
  return exit_usage;
}

}  // namespace heddle::cli
