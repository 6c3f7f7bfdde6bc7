#!/usr/bin/env python3
"""Prints how fast whole explorations are, as a table in Markdown.

usage: report.py BUILD [NAME...]    only the rows whose name contains one of NAMEs

BUILD is a build folder with heddle_bench and the scenarios. Each row is the median of three runs
in processes of their own: CPU seconds of one exploration, and the most memory that was resident.
"""
import json
import os
import statistics
import subprocess
import sys

RUNS = 3
MODELS = ("sc", "rc11")
SCENARIOS = (
    ("fput_shipped", {"flushers": 2}),
    ("fput_shipped", {"flushers": 3}),
    ("fput_partial_fix", {"flushers": 2}),
    ("stash_shared_counted", {"flushers": 3}),
)


def run(command):
    """(standard output, CPU seconds, MiB resident) of one process."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        text = child.stdout.read()
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0  # it has been waited for
    return text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def program_runs(bench, name):
    for _ in range(RUNS):
        text, _, resident = run([bench, f"--benchmark_filter=^{name.replace('+', '.')}$",
                                 "--benchmark_format=json", "--benchmark_min_time=0.5"])
        result = json.loads(text)["benchmarks"][0]
        yield {"complete": int(result["complete"]), "blocked": int(result["blocked"]),
               "violating": 0, "seconds": result["cpu_time"] / 1000, "resident": resident}


def scenario_runs(program, settings, model):
    for _ in range(RUNS):
        text, seconds, resident = run(
            [program, "--keep-going", "--format=json", f"--model={model}",
             *(f"--set={name}={value}" for name, value in settings.items())])
        yield dict(json.loads(text)["executions"], seconds=seconds, resident=resident)


def rows(build):
    """(name, model, function that makes the runs)"""
    bench = os.path.join(build, "bench", "heddle_bench")
    listed, _, _ = run([bench, "--benchmark_list_tests"])
    for full in listed.decode().split():
        name, model = full.rsplit("/", 1)
        yield name.replace("/", " "), model, lambda full=full: program_runs(bench, full)
    for name, settings in SCENARIOS:
        program = os.path.join(build, "scenarios", name)
        label = " ".join([name, *(f"{key}={value}" for key, value in settings.items())])
        for model in MODELS:
            yield label, model, lambda program=program, settings=settings, model=model: \
                scenario_runs(program, settings, model)


def main(build, *wanted):
    print("| program | model | complete | blocked | violating | CPU seconds | "
          "executions per CPU second | MiB |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for name, model, make_runs in rows(build):
        if wanted and not any(each in name for each in wanted):
            continue
        runs = list(make_runs())
        seconds = statistics.median(each["seconds"] for each in runs)
        resident = statistics.median(each["resident"] for each in runs)
        counts = runs[0]
        ended = counts["complete"] + counts["violating"]
        print(f"| {name} | {model} | {counts['complete']} | {counts['blocked']} | "
              f"{counts['violating']} | {seconds:.3f} | {ended / seconds:.0f} | {resident:.0f} |",
              flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
