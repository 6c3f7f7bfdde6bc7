#include "tools/cli/error.hpp"

#include <cstdio>
#include <exception>
#include <new>
#include <set>

#include "checker/report/safe_text.hpp"

namespace heddle::cli {
namespace {

std::string text_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& known) {
    return known.what();
  }
}

}  // namespace

void print_error(const std::string& message) {
  // One write, so that the lines of several processes do not mix.
  const std::string line = "heddle: " + report::safe(message) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
}

int guarded(const std::function<int()>& program) {
  try {
    return program();
  } catch (const ReaderGone&) {
  } catch (const std::bad_alloc&) {
    print_error("out of memory");
  } catch (const std::exception& error) {
    print_error(error.what());
  } catch (...) {
    print_error("an unknown error");
  }
  return exit_usage;
}

void Deliveries::attempt(const std::function<void()>& write) {
  try {
    write();
  } catch (const std::exception&) {
    errors_.push_back(std::current_exception());
  }
}

void Deliveries::finish() const {
  if (errors_.empty()) return;
  std::set<std::string> told = {text_of(errors_.front())};
  for (const std::exception_ptr& error : errors_) {
    if (told.insert(text_of(error)).second) print_error(text_of(error));
  }
  std::rethrow_exception(errors_.front());
}

}  // namespace heddle::cli
