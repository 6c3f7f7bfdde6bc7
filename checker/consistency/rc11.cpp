// RC11: Lahav, Vafeiadis, Kang, Hur, Dreyer, "Repairing Sequential Consistency in C/C++11", PLDI
// 2017. Its release sequences go on with later writes of the same thread:
//
//   rs = [W]; (po|loc)?; [W at least rlx]; (rf; rmw)*
#include "checker/consistency/coherent.hpp"
#include "checker/consistency/models.hpp"

namespace heddle::consistency {

std::unique_ptr<Model> make_rc11() {
  constexpr Synchronisation synchronisation = {.same_thread_release_sequence = true};
  return std::make_unique<CoherentModel>(synchronisation, SeqCst::fences_and_accesses);
}

}  // namespace heddle::consistency
