// One step of a trace in words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/trace/trace.hpp"

namespace heddle::report {

/// Steps behind the folded ones. A longer report leaves out minor steps.
inline constexpr std::size_t long_report = 16;

/// For each step: the earlier step that it goes directly before in the coherence order of its
/// object, or 0. Only a weak memory model lets a write take its place before one that is shown
/// earlier.
std::vector<std::uint32_t> overtaken_steps(const trace::Trace& trace);

/// What the step does, as a person would write it: "x.load(acquire) = 1 (from 4)". Values written
/// up to step `folded` are called initial: those steps are not shown one by one. `overtaken` is the
/// step's entry of overtaken_steps().
std::string step_text(const trace::Step& step, std::uint32_t folded, std::uint32_t overtaken);

/// How thread `number` is called: its name, with its number unless the name tells it.
std::string thread_label(const trace::Trace& trace, std::uint32_t number);

/// How many steps at the start only prepare: what the main thread does alone, up to the start of
/// the other threads. 0 if there is nothing worth folding. Steps that the violation names are not
/// folded.
std::uint32_t folded_steps(const trace::Trace& trace);

/// For each step: whether a long report may leave it out. That are accesses to objects that no
/// other thread uses after step `folded`, and fences if the steps are an interleaving anyway; but
/// nothing that the violation names, nor the last read before it.
std::vector<bool> minor_steps(const trace::Trace& trace, std::uint32_t folded);

/// Those steps at the start in one line of at most `width` columns: "main creates x = 0, y = 0;
/// starts 2 threads".
std::string fold_text(const trace::Trace& trace, std::uint32_t folded, std::size_t width);

}  // namespace heddle::report
