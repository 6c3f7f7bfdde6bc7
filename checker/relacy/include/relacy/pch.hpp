// The standard headers that Relacy brings, where its tests look for them: ahead of relacy_std.hpp.
#pragma once

#ifdef _GLIBCXX_ATOMIC
#include "checker/relacy/include/relacy/std_headers.hpp"
#else
#include "checker/relacy/include/relacy/fakestd/relacy_std_prologue.hpp"
#endif
