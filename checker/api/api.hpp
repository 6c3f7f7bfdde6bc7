// All that a scenario is written in.
#pragma once

#include "checker/api/atomic.hpp"
#include "checker/api/control.hpp"
#include "checker/api/mutex.hpp"
#include "checker/api/thread.hpp"
#include "checker/api/var.hpp"
