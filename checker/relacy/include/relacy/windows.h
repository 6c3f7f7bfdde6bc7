// The names of Windows for tests, as macros: include this in place of <windows.h>.
#pragma once

#include "checker/relacy/include/relacy/relacy.hpp"
