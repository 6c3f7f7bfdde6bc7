#include "checker/api/op.hpp"

#include <cstdio>
#include <cstdlib>

namespace heddle::api {

void no_engine(const Site& site) {
  std::fprintf(stderr,
               "heddle: %s:%u: a modelled object is used outside of a scenario; "
               "make it a member of the test suite or create it in before() or thread()\n",
               site.file, site.line);
  std::exit(4);
}

}  // namespace heddle::api
