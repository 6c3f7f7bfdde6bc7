// How the orders that a scenario needs are told.
#pragma once

#include <string>

#include "checker/orders/search.hpp"

namespace heddle::cli {

/// What the search found, a line per change.
std::string orders_text(const orders::Report& report, const std::string& model);

/// The same as one JSON object: the member `orders` of heddle.result/1.
std::string orders_json(const orders::Report& report);

}  // namespace heddle::cli
