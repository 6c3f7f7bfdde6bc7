// The models, one file each.
#pragma once

#include "checker/consistency/model.hpp"

namespace heddle::consistency {

std::unique_ptr<Model> make_sc();
std::unique_ptr<Model> make_tso();
std::unique_ptr<Model> make_ra();
std::unique_ptr<Model> make_rc11();
std::unique_ptr<Model> make_cpp20();

}  // namespace heddle::consistency
