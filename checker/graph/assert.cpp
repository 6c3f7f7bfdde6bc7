#include "checker/graph/assert.hpp"

namespace heddle {

void fail_assertion(const char* expression, const char* file, int line) {
  throw AssertionError(expression, file, line);
}

}  // namespace heddle
