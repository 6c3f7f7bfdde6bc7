// Relacy's API on top of ours: everything that a Relacy test includes.
#pragma once

#include "checker/relacy/assert.hpp"
#include "checker/relacy/atomic.hpp"
#include "checker/relacy/memory_order.hpp"
#include "checker/relacy/mutex.hpp"
#include "checker/relacy/site.hpp"
#include "checker/relacy/suite.hpp"
#include "checker/relacy/var.hpp"
