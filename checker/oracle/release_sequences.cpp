// Programs about what continues a release sequence.
#include "checker/oracle/generate.hpp"

namespace heddle::oracle {
namespace {

using namespace ops;

using Code = std::vector<Instruction>;

constexpr int x = 0;      // what is published, atomic
constexpr int y = 1;      // by a write to this
constexpr int plain = 2;  // published instead of x

void append(Code& code, const Code& more) { code.insert(code.end(), more.begin(), more.end()); }

const std::vector<Code>& writers_fences() {
  static const std::vector<Code> all = {{}, {fence(rel)}, {fence(sc)}};
  return all;
}

/// The write to y that may be a release.
std::vector<Code> heads() {
  std::vector<Code> all;
  for (const auto order : {rlx, rel, sc}) {
    all.push_back({store(y, 1, order)});
    all.push_back({fetch_add(y, 1, order)});
    all.push_back({exchange(y, 1, order)});
  }
  return all;
}

/// What the same thread writes to y behind that.
const std::vector<Code>& continuations() {
  static const std::vector<Code> all = {{},
                                        {store(y, 2, rlx)},
                                        {store(y, 2, rel)},
                                        {fetch_add(y, 10, rlx)},
                                        {exchange(y, 2, rlx)},
                                        {cas(y, 1, 2, rlx, rlx)}};
  return all;
}

/// What a thread between writes to y.
std::vector<Code> intruders() {
  std::vector<Code> all = {{}, {store(y, 3, rlx)}, {exchange(y, 3, rlx)}, {cas(y, 2, 3, rlx, rlx)}};
  for (const auto order : {rlx, acq, rel, acq_rel}) all.push_back({fetch_add(y, 20, order)});
  return all;
}

/// How the reader reads y, and what orders its next read.
std::vector<Code> readers() {
  std::vector<Code> all;
  for (const Code& barrier : {Code{}, Code{fence(acq)}, Code{fence(sc)}}) {
    for (const Instruction& read_y :
         {load(y, rlx), load(y, acq), load(y, sc), fetch_add(y, 40, rlx), fetch_add(y, 40, acq)}) {
      Code code = {read_y};
      append(code, barrier);
      all.push_back(code);
    }
  }
  return all;
}

Program spell(bool atomic, const Code& writer, const Code& intruder, const Code& reader) {
  Program program;
  Code first = {atomic ? store(x, 1, rlx) : write(plain, constant(1))};
  append(first, writer);
  Code last = reader;
  append(last, atomic ? Code{load(x, rlx)} : Code{skip_if(0, 0, 1), read(plain)});
  program.add(first).add(last);
  if (!intruder.empty()) program.add(intruder);
  return program;
}

}  // namespace

std::uint64_t for_each_release_sequence(const std::function<void(const Program&)>& use) {
  std::uint64_t count = 0;
  for (const Code& barrier : writers_fences()) {
    for (const Code& head : heads()) {
      for (const Code& continuation : continuations()) {
        Code writer = barrier;
        append(writer, head);
        append(writer, continuation);
        for (const Code& intruder : intruders()) {
          for (const Code& reader : readers()) {
            for (const bool atomic : {true, false}) {
              Program program = spell(atomic, writer, intruder, reader);
              program.name = "rs-" + std::to_string(count++);
              use(program);
            }
          }
        }
      }
    }
  }
  return count;
}

}  // namespace heddle::oracle
