// Relacy's API on top of ours: everything that a scenario of ours uses of it. Tests written for
// Relacy include <relacy/relacy.hpp>, which has the rest.
#pragma once

#include "checker/relacy/assert.hpp"
#include "checker/relacy/atomic.hpp"
#include "checker/relacy/atomic_types.hpp"
#include "checker/relacy/memory_order.hpp"
#include "checker/relacy/mutex.hpp"
#include "checker/relacy/platform.hpp"
#include "checker/relacy/site.hpp"
#include "checker/relacy/suite.hpp"
#include "checker/relacy/thread.hpp"
#include "checker/relacy/thread_local.hpp"
#include "checker/relacy/var.hpp"
