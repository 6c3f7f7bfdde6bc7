// Relacy's API for .NET is not modelled: what it consists of says so where it is used.
#pragma once

#include "checker/relacy/front/relacy.hpp"

namespace rl {

template <typename T>
struct nvar {
  static_assert(sizeof(T) == 0, "heddle has no rl::nvar: Relacy's API for .NET is not modelled");
};
template <typename T>
struct nvolatile {
  static_assert(sizeof(T) == 0,
                "heddle has no rl::nvolatile: Relacy's API for .NET is not modelled");
};

}  // namespace rl
