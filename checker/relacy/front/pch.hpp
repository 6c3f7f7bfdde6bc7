// The standard headers that Relacy brings, where its tests look for them: ahead of relacy_std.hpp.
#pragma once

#ifdef _GLIBCXX_ATOMIC
#include "checker/relacy/front/std_headers.hpp"
#else
#include "checker/relacy/front/std_prologue.hpp"
#endif
