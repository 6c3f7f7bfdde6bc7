// The models, one file each.
#pragma once

#include "checker/consistency/model.hpp"

namespace heddle::consistency {

std::unique_ptr<Model> make_sc();
std::unique_ptr<Model> make_rc11();

}  // namespace heddle::consistency
