// Which model allows no more than which, for which programs, and which programs show that it is
// not for all. docs/MEMORY-MODELS.md says the same.
#include "checker/agreement/inclusion.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "checker/agreement/engine.hpp"
#include "checker/agreement/families.hpp"
#include "checker/agreement/weaker.hpp"
#include "checker/oracle/classics.hpp"
#include "checker/oracle/enumerate.hpp"
#include "checker/oracle/generate.hpp"
#include "checker/oracle/shrink.hpp"

namespace heddle::agreement {
namespace {

using namespace oracle::ops;
using oracle::FinalState;
using oracle::Kind;
using oracle::Program;
using oracle::unpack;

constexpr int x = 0;
constexpr int y = 1;

/// The programs for which an inclusion holds: any program, made one of them.
using Among = std::function<Program(const Program&)>;

Program all(const Program& program) { return program; }

Program without_seq_cst_accesses(const Program& program) {
  return without_seq_cst(program, [](Kind) { return true; });
}
Program without_seq_cst_stores(const Program& program) {
  return without_seq_cst(program, [](Kind kind) { return kind == Kind::store; });
}
Program without_seq_cst_loads(const Program& program) {
  return without_seq_cst(program, [](Kind kind) {
    return kind == Kind::load || kind == Kind::await || kind == Kind::await_both;
  });
}

struct Inclusion {
  std::string name;
  std::string stronger;
  std::string weaker;
  Among among;
};

const std::vector<Inclusion> inclusions = {
    // Every relation that tso keeps acyclic is part of po + rf + co + fr.
    {"sc_in_tso", "sc", "tso", all},
    // hb leaves a thread at a store and arrives at a load. All that is po-before the store or
    // po-behind the load is so in ppo, and what stays within a thread is forbidden by uniproc.
    {"tso_in_ra", "tso", "ra", all},
    // hb, eco and psc are all part of (po + rf + co + fr)+.
    {"sc_in_rc11", "sc", "rc11", all},
    // hb of rc11 is part of ra's. psc_F is as in ra, and there is no psc_base without seq_cst
    // accesses but between fences, where it is part of psc_F.
    {"ra_in_rc11", "ra", "rc11", without_seq_cst_accesses},
    // tso is what x86 makes of the program. A seq_cst store needs a fence behind it, or each
    // seq_cst load one before it (Batty et al. 2011, section 6; RC11, section 6).
    {"tso_in_rc11_without_seq_cst_stores", "tso", "rc11", without_seq_cst_stores},
    {"tso_in_rc11_without_seq_cst_loads", "tso", "rc11", without_seq_cst_loads},
    // A part of the synchronisation, and all else the same.
    {"rc11_in_cpp20", "rc11", "cpp20", all},
};

class Included : public testing::TestWithParam<Inclusion> {
 protected:
  static void expect(const Program& any) {
    const Inclusion& inclusion = GetParam();
    const auto difference = [&](const Program& program) {
      return not_included({program, inclusion.stronger}, {program, inclusion.weaker});
    };
    const Program program = inclusion.among(any);
    if (difference(program).empty()) return;
    ADD_FAILURE() << difference(
        shrink(program, [&](const Program& smaller) { return !difference(smaller).empty(); }));
  }
};

TEST_P(Included, OnSystematicPrograms) { for_each_systematic(full_run() ? 53 : 701, expect); }

TEST_P(Included, OnRandomPrograms) {
  for (std::uint64_t seed = 0; seed < (full_run() ? 1000 : 40); ++seed) {
    expect(oracle::random_program(seed));
  }
}

INSTANTIATE_TEST_SUITE_P(Inclusions, Included, testing::ValuesIn(inclusions),
                         [](const auto& which) { return which.param.name; });

using Models = std::set<std::string>;

/// The models under which oracle and engine find a final state that satisfies `wanted`.
Models allowing(const Program& program, const std::function<bool(const FinalState&)>& wanted) {
  Models found;
  for (const oracle::Model& candidate : oracle::models()) {
    const auto states = enumerate(program, candidate).states;
    EXPECT_EQ(ask_engine(program, candidate.name).states, states) << candidate.name;
    if (std::any_of(states.begin(), states.end(), wanted)) found.insert(candidate.name);
  }
  return found;
}

/// Whether register 0 of the first thread and of the second are 0.
bool both_zero(const FinalState& state) {
  return unpack(state[0], 0) == 0 && unpack(state[1], 0) == 0;
}

TEST(NotIncluded, TheWeakerModelInTheStronger) {
  EXPECT_EQ(allowing(oracle::classic("sb", 0), both_zero), (Models{"tso", "ra", "rc11", "cpp20"}));

  const auto both_first = [](const FinalState& state) {
    return unpack(state.back(), x) == 1 && unpack(state.back(), y) == 1;
  };
  EXPECT_EQ(allowing(oracle::classic("2+2w", 0), both_first), (Models{"ra", "rc11", "cpp20"}));

  const auto stale = [](const FinalState& state) {
    return unpack(state[1], 0) == 2 && unpack(state[1], 1) == 0;
  };
  Program relaxed{.name = "message passing, relaxed"};
  relaxed.add({store(x, 1, rlx), store(y, 2, rlx)}).add({load(y, rlx), load(x, rlx)});
  EXPECT_EQ(allowing(relaxed, stale), (Models{"rc11", "cpp20"}));

  Program behind{.name = "message passing by a store behind the release"};
  behind.add({store(x, 1, rlx), store(y, 1, rel), store(y, 2, rlx)});
  behind.add({load(y, acq), load(x, rlx)});
  EXPECT_EQ(allowing(behind, stale), (Models{"cpp20"}));
}

TEST(NotIncluded, TsoInRc11ForSeqCstStoresWithSeqCstLoads) {
  Program program{.name = "store buffering, seq_cst"};
  program.add({store(x, 1, sc), load(y, sc)}).add({store(y, 1, sc), load(x, sc)});
  EXPECT_EQ(allowing(program, both_zero), (Models{"tso", "ra"}));
}

TEST(NotIncluded, RaInRc11ForSeqCstAccesses) {
  Program reads{.name = "independent reads of independent writes, seq_cst"};
  reads.add({load(x, sc), load(y, sc)}).add({load(y, sc), load(x, sc)});
  reads.add({store(x, 1, sc)}).add({store(y, 1, sc)});
  const auto disagree = [](const FinalState& state) {
    return unpack(state[0], 0) == 1 && unpack(state[0], 1) == 0 &&  //
           unpack(state[1], 0) == 1 && unpack(state[1], 1) == 0;
  };
  EXPECT_EQ(allowing(reads, disagree), (Models{"ra"}));

  Program updates{.name = "store buffering by exchanges, seq_cst"};
  updates.add({exchange(x, 1, sc), load(y, sc)}).add({exchange(y, 1, sc), load(x, sc)});
  const auto stale = [](const FinalState& state) {
    return unpack(state[0], 1) == 0 && unpack(state[1], 1) == 0;
  };
  EXPECT_EQ(allowing(updates, stale), (Models{"ra"}));
}

TEST(NotIncluded, Rc11InRaOrTso) {
  // What one thread reads, the others need not know.
  Program program{.name = "write-to-read causality, relaxed"};
  program.add({store(x, 1, rlx)}).add({load(x, rlx), store(y, 1, rlx)});
  program.add({load(y, rlx), load(x, rlx)});
  const auto lost = [](const FinalState& state) {
    return unpack(state[1], 0) == 1 && unpack(state[2], 0) == 1 && unpack(state[2], 1) == 0;
  };
  EXPECT_EQ(allowing(program, lost), (Models{"rc11", "cpp20"}));
}

}  // namespace
}  // namespace heddle::agreement
