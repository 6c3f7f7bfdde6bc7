// Names for objects that a scenario has several of.
#pragma once

#include <cstdio>

#include "checker/api/control.hpp"

namespace kernel {

/// Names `object` "<owner>.<member>", as in "file 0.f_count".
template <typename T>
void name_member(const T& object, const char* owner, const char* member) {
  char label[64];  // not a std::string: a name should not show as an allocation
  std::snprintf(label, sizeof label, "%s.%s", owner, member);
  heddle::api::name(object, label);
}

}  // namespace kernel
