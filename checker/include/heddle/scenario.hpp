// All that a scenario is written in: objects that threads share (heddle::api, and rl as Relacy's
// tests have them), and HEDDLE_SCENARIO(), which makes the scenario known to its program.
#pragma once

#include "checker/api/api.hpp"
#include "checker/relacy/relacy.hpp"
#include "checker/session/catalogue.hpp"
