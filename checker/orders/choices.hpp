// Which memory orders an operation may have, from the weakest to the strongest.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "checker/session/session.hpp"

namespace heddle::orders {

/// The orders that C++ allows at the site, weakest first. A fence of order relaxed is none at all.
const std::vector<std::memory_order>& allowed(const OrderSite& site);

/// Whether `a` gives less than `b`. Neither of acquire and release is weaker than the other.
bool weaker(std::memory_order a, std::memory_order b);

/// The allowed orders from `least` on that are weaker than `than`, weakest first.
std::vector<std::memory_order> weaker_choices(const OrderSite& site, std::memory_order least,
                                              std::memory_order than);

/// "seq_cst", ...; a fence of order relaxed is "removed", or "none" where it is the one written.
std::string shown_order(const OrderSite& site, std::memory_order order);

}  // namespace heddle::orders
