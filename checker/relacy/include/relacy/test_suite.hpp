// rl::test_suite, where Relacy's tests look for it.
#pragma once

#include "checker/relacy/include/relacy/relacy.hpp"
