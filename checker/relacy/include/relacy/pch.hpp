// The standard headers that Relacy brings, where its tests look for them.
#pragma once

#include "checker/relacy/include/relacy/relacy.hpp"
