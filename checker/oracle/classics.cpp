#include "checker/oracle/classics.hpp"

#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

namespace heddle::oracle {
namespace {

using namespace ops;

constexpr int x = 0;
constexpr int y = 1;
constexpr int z = 2;
constexpr int w = 3;

Program sb(int) {
  return Program{.name = "sb"}
      .add({store(x, 1, rlx), load(y, rlx)})
      .add({store(y, 1, rlx), load(x, rlx)});
}

Program lb(int) {
  return Program{.name = "lb"}
      .add({load(y, rlx), store(x, 1, rlx)})
      .add({load(x, rlx), store(y, 1, rlx)});
}

Program mp(int) {
  return Program{.name = "mp"}
      .add({store(x, 1, rel), store(y, 1, rel)})
      .add({load(y, acq), load(x, acq)});
}

Program two_plus_two_w(int) {
  return Program{.name = "2+2w"}
      .add({store(x, 1, rlx), store(y, 2, rlx)})
      .add({store(y, 1, rlx), store(x, 2, rlx)});
}

Program iriw(int) {
  return Program{.name = "iriw"}
      .add({store(x, 1, sc)})
      .add({load(x, acq), load(y, sc)})
      .add({load(y, acq), load(x, sc)})
      .add({store(y, 1, sc)});
}

Program readers(int n) {
  Program program{.name = "readers"};
  program.add({store(x, 1, rlx)});
  for (int t = 0; t < n; ++t) program.add({load(x, rlx)});
  return program;
}

Program n_writers(int n) {
  Program program{.name = "n_writers"};
  for (int t = 1; t <= n; ++t) program.add({store(x, t, rel)});
  return program.add({load(x, acq)});
}

/// T0: for (i = n; a[i] != 0; i--);  Tj: a[j] = a[j-1] + 1. The loop ends at a[0] at the latest.
Program lastzero(int n) {
  Program program{.name = "lastzero"};
  std::vector<Instruction> search;
  for (int i = n; i >= 0; --i) {
    search.push_back(load(i, acq));
    if (i > 0) search.push_back(skip_if(n - i, 0, 2 * i));
  }
  program.add(search);
  for (int j = 1; j <= n; ++j) program.add({load(j - 1, acq), store(j, reg(0, 1), rel)});
  return program;
}

Program casrot(int n) {
  Program program{.name = "casrot"};
  for (int t = 1; t <= n; ++t) program.add({cas(x, t - 1, t, rlx, rlx)});
  return program;
}

/// n - 1 threads write y and z: with n = 1 there are two places of x = 1 and x = 2 in coherence
/// order, and in each the thread of the earlier write may read either at its end, which gives the
/// published 4.
Program coa(int n) {
  Program program{.name = "coa"};
  program.add({store(x, 1, rel), load(y, acq), load(x, acq)});
  program.add({store(x, 2, rel), load(z, acq), load(x, acq)});
  for (int t = 1; t < n; ++t) program.add({store(y, t, rel), store(z, t, rel)});
  return program;
}

Program ainc(int n) {
  Program program{.name = "ainc"};
  for (int t = 0; t < n; ++t) program.add({fetch_add(x, 1, acq_rel)});
  return program;
}

Program big0(int) {
  return Program{.name = "big0"}
      .add({load(x, acq), load(y, acq), load(z, acq), load(w, acq), load(x, acq), load(y, acq),
            load(z, acq)})
      .add({load(x, acq), load(y, acq), load(z, acq)})
      .add({store(x, 1, rel), store(y, 1, rel), store(x, 2, rel), store(y, 2, rel),
            store(x, 3, rel), store(y, 3, rel)})
      .add({store(z, 1, rel), store(w, 1, rel), store(z, 2, rel), store(w, 2, rel),
            store(z, 3, rel), store(w, 3, rel)});
}

const std::map<std::string, std::function<Program(int)>>& all_classics() {
  static const std::map<std::string, std::function<Program(int)>> all = {
      {"sb", sb},
      {"lb", lb},
      {"mp", mp},
      {"2+2w", two_plus_two_w},
      {"iriw", iriw},
      {"corr0", [](int) { return readers(2); }},
      {"readers", readers},
      {"n_writers", n_writers},
      {"lastzero", lastzero},
      {"casrot", casrot},
      {"coa", coa},
      {"ainc", ainc},
      {"big0", big0},
  };
  return all;
}

}  // namespace

Program classic(const std::string& name, int parameter) {
  const auto found = all_classics().find(name);
  if (found == all_classics().end()) {
    throw std::invalid_argument("no classic program '" + name + "'");
  }
  return found->second(parameter);
}

std::vector<PublishedCount> published_counts(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error("can't read " + path);
  std::vector<PublishedCount> rows;
  while (std::getline(file, line)) {
    std::istringstream text(line);
    PublishedCount row{};
    std::string parameter;
    std::getline(text, row.program, ',');
    std::getline(text, parameter, ',');
    std::getline(text, row.model, ',');
    text >> row.complete;
    if (!parameter.empty()) row.parameter = std::stoi(parameter);
    rows.push_back(row);
  }
  return rows;
}

bool is_classic(const PublishedCount& row) {
  const bool large = row.program == "lastzero" && row.parameter >= max_locations;
  return !large && all_classics().contains(row.program);
}

bool is_small(const PublishedCount& row) {
  const bool wide = row.program == "readers" || row.program == "ainc";
  return row.complete <= 2500 && !(wide && row.complete > 256);
}

}  // namespace heddle::oracle
