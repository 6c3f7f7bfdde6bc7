#include "checker/agreement/weaker.hpp"

namespace heddle::agreement {
namespace {

using namespace oracle::ops;
using oracle::Instruction;
using oracle::Kind;
using oracle::Program;
using Orders = std::vector<std::memory_order>;

bool loads(Kind kind) {
  return kind == Kind::load || kind == Kind::await || kind == Kind::await_both;
}

bool updates(Kind kind) {
  return kind == Kind::fetch_add || kind == Kind::exchange || kind == Kind::cas;
}

/// What stands one step below `order` for an instruction of that kind.
Orders below(Kind kind, std::memory_order order) {
  const bool fence = kind == Kind::fence;
  if (!loads(kind) && !updates(kind) && !fence && kind != Kind::store) return {};
  switch (order) {
    case std::memory_order_seq_cst:
      if (kind == Kind::store) return {rel};
      return {loads(kind) ? acq : acq_rel};
    case std::memory_order_acq_rel:
      return {acq, rel};
    case std::memory_order_relaxed:
      return {};
    default:
      return fence ? Orders{} : Orders{rlx};
  }
}

}  // namespace

std::vector<Program> one_step_weaker(const Program& program) {
  std::vector<Program> all;
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    for (std::size_t i = 0; i < program.threads[t].size(); ++i) {
      const Instruction& in = program.threads[t][i];
      const auto offer = [&](auto change) {
        all.push_back(program);
        change(all.back().threads[t]);
      };
      for (const auto order : below(in.kind, in.order)) {
        offer([&](auto& code) { code[i].order = order; });
      }
      for (const auto order : in.kind == Kind::cas ? below(Kind::load, in.failure) : Orders{}) {
        offer([&](auto& code) { code[i].failure = order; });
      }
      if (in.kind == Kind::fence) {
        offer([&](auto& code) { code.erase(code.begin() + static_cast<std::ptrdiff_t>(i)); });
      }
    }
  }
  return all;
}

Program without_seq_cst(const Program& program, const std::function<bool(Kind)>& weaken) {
  Program weaker = program;
  for (auto& code : weaker.threads) {
    for (Instruction& in : code) {
      if (in.kind == Kind::fence || !weaken(in.kind)) continue;
      if (in.order == sc) in.order = below(in.kind, sc).front();
      if (in.failure == sc) in.failure = acq;
    }
  }
  return weaker;
}

}  // namespace heddle::agreement
