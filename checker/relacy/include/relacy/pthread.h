// The names of POSIX threads for tests, as macros: include this in place of <pthread.h>.
#pragma once

#include "checker/relacy/include/relacy/relacy.hpp"
