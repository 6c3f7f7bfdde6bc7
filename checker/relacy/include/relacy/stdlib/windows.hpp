// Relacy's file of its windows names; ours are in relacy.hpp.
#pragma once

#include "checker/relacy/include/relacy/relacy.hpp"
