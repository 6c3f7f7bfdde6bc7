// RA: every access of an atomic is a release and an acquire, whatever its order says (Lahav,
// Giannarakis, Vafeiadis, "Taming Release-Acquire Consistency", POPL 2016). So
//
//   hb = (po + rf)+
//
// Fences keep their meaning. The paper makes each seq_cst fence a read-modify-write of one extra
// object. That puts the fences into one order that hb; eco; hb respects, which exists just if psc_F
// is acyclic.
#include "checker/consistency/coherent.hpp"
#include "checker/consistency/models.hpp"

namespace heddle::consistency {

std::unique_ptr<Model> make_ra() {
  constexpr Synchronisation synchronisation = {.all_accesses = true};
  return std::make_unique<CoherentModel>(synchronisation, SeqCst::fences);
}

}  // namespace heddle::consistency
