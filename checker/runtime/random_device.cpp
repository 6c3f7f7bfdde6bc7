// std::random_device as scenario code sees it: executions could not be repeated if its numbers were
// random. Any number may come, so these are as good as others.
#include <random>
#include <string>

#include "checker/runtime/original.hpp"
#include "checker/runtime/scenario_memory.hpp"

#ifdef __GLIBCXX__

namespace {

using heddle::runtime::current_memory;
using heddle::runtime::original;

}  // namespace

// The members that the class calls, in place of libstdc++'s. One that is made in a scenario counts
// its numbers where others keep a file.
namespace std {

void random_device::_M_init(const std::string& token) {
  if (current_memory == nullptr) {
    return original<void(random_device*, const std::string&)>(
        "_ZNSt13random_device7_M_initERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE")(
        this, token);
  }
  _M_fd = 0;
}

void random_device::_M_fini() {
  if (current_memory == nullptr) {
    original<void(random_device*)>("_ZNSt13random_device7_M_finiEv")(this);
  }
}

random_device::result_type random_device::_M_getval() {
  if (current_memory == nullptr) {
    return original<result_type(random_device*)>("_ZNSt13random_device9_M_getvalEv")(this);
  }
  return static_cast<result_type>(std::minstd_rand(static_cast<result_type>(++_M_fd))());
}

}  // namespace std

#endif

namespace heddle::runtime {

void replace_random_device() {}

}  // namespace heddle::runtime
