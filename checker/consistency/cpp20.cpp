// C++20: RC11 with the release sequences of P0982R1, which only read-modify-writes continue:
//
//   rs = [W at least rlx]; (rf; rmw)*
#include "checker/consistency/coherent.hpp"
#include "checker/consistency/models.hpp"

namespace heddle::consistency {

std::unique_ptr<Model> make_cpp20() {
  constexpr Synchronisation synchronisation = {.same_thread_release_sequence = false};
  return std::make_unique<CoherentModel>(synchronisation, SeqCst::fences_and_accesses);
}

}  // namespace heddle::consistency
