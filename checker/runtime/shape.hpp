// What kind of object an Op makes, or takes its object for.
#pragma once

#include <cstdint>
#include <string>

#include "checker/api/op.hpp"

namespace heddle::runtime {

/// An atomic, a plain variable or a mutex, with the size of its value: in a byte, because every
/// access is compared with its object's construction.
using Shape = std::uint8_t;

/// 0 for an Op that neither makes nor accesses an object, or does not say as what. The end of a
/// life says so only of a mutex.
Shape shape_of(const api::Op& op);

/// "an atomic of 4 bytes", "a plain variable of 8 bytes", "a mutex".
std::string shape_name(Shape shape);

}  // namespace heddle::runtime
