// Relacy's file of its pthread names; ours are in relacy.hpp.
#pragma once

#include "checker/relacy/include/relacy/relacy.hpp"
