// As relacy.hpp, and the names of the standard library's concurrency stand for Relacy's:
// std::atomic is rl::atomic and so on. Must be the first header of a file.
#pragma once

#include "checker/relacy/front/std_prologue.hpp"
//
#include "checker/relacy/front/relacy.hpp"
//
#include "checker/relacy/front/std_names.hpp"
