#!/usr/bin/env python3
"""Prints how fast whole explorations are, as a table in Markdown.

usage: report.py BUILD [NAME...]              only the rows whose name contains one of NAMEs
       report.py --check PAGE [--all] BUILD   compares the numbers of executions with those in PAGE,
                                              of the rows that take a moment, or of all

BUILD is a build folder with heddle_bench and the scenarios. Each row is the median of three runs
in processes of their own: CPU seconds of one exploration, and the most memory that was resident.
"""
import json
import os
import re
import statistics
import subprocess
import sys

RUNS = 3
MOMENT = 0.1  # CPU seconds
COUNTS = ("complete", "blocked", "violating")
MODELS = ("sc", "rc11")
SCENARIOS = (
    ("fput_shipped", {"flushers": 2}),
    ("stash_shared_counted", {"flushers": 3}),
)


def run(command):
    """(standard output, CPU seconds, MiB resident) of one process."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        text = child.stdout.read()
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0  # it has been waited for
    return text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def program_runs(bench, name, least_seconds=0.5):
    while True:
        text, _, resident = run([bench, f"--benchmark_filter=^{name.replace('+', '.')}$",
                                 "--benchmark_format=json",
                                 f"--benchmark_min_time={least_seconds}"])
        result = json.loads(text)["benchmarks"][0]
        yield {"complete": int(result["complete"]), "blocked": int(result["blocked"]),
               "violating": 0, "seconds": result["cpu_time"] / 1000, "resident": resident}


def scenario_runs(program, settings, model):
    while True:
        text, seconds, resident = run(
            [program, "--keep-going", "--format=json", f"--model={model}",
             *(f"--set={name}={value}" for name, value in settings.items())])
        yield dict(json.loads(text)["executions"], seconds=seconds, resident=resident)


def rows(build, least_seconds=0.5):
    """(name, model, function that yields runs for ever)"""
    bench = os.path.join(build, "bench", "heddle_bench")
    listed, _, _ = run([bench, "--benchmark_list_tests"])
    for full in listed.decode().split():
        name, model = full.rsplit("/", 1)
        yield name.replace("/", " "), model, lambda full=full: program_runs(
            bench, full, least_seconds)
    for name, settings in SCENARIOS:
        program = os.path.join(build, "scenarios", name)
        label = " ".join([name, *(f"{key}={value}" for key, value in settings.items())])
        for model in MODELS:
            yield label, model, lambda program=program, settings=settings, model=model: \
                scenario_runs(program, settings, model)


def machine():
    """What the times depend on, as a sentence."""
    def said(*command):
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        return ended.stdout.strip()
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"^model name\s*: (.*)$", file.read(), re.M)
    here = os.path.dirname(os.path.abspath(__file__))
    commit = said("git", "-C", here, "rev-parse", "--short=10", "HEAD") or "unknown"
    changed = " with changes" if said("git", "-C", here, "status", "--porcelain", "-uno") else ""
    return (f"Measured at commit {commit}{changed}, on {os.cpu_count()} processors "
            f"({model.group(1) if model else 'unknown'}) with a load of {os.getloadavg()[0]:.1f}.")


def print_table(build, wanted):
    print(machine() + "\n")
    print("| program | model | complete | blocked | violating | CPU seconds | "
          "executions per CPU second | MiB |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for name, model, make_runs in rows(build):
        if wanted and not any(each in name for each in wanted):
            continue
        runs = [each for each, _ in zip(make_runs(), range(RUNS))]
        seconds = statistics.median(each["seconds"] for each in runs)
        resident = statistics.median(each["resident"] for each in runs)
        counts = runs[0]
        ended = counts["complete"] + counts["violating"]
        print(f"| {name} | {model} | {counts['complete']} | {counts['blocked']} | "
              f"{counts['violating']} | {seconds:.3f} | {ended / seconds:.0f} | {resident:.0f} |",
              flush=True)
    return 0


def listed(page):
    """(name, model) -> (counts, CPU seconds) of the table in the page."""
    with open(page, encoding="utf-8") as file:
        found = re.findall(r"^\| (\S[^|]*) \| (\w+) \| (\d+) \| (\d+) \| (\d+) \| ([\d.]+) \|",
                           file.read(), re.M)
    return {(name, model): (tuple(map(int, counts)), float(seconds))
            for name, model, *counts, seconds in found}


def check(page, build, everything):
    """Prints each row of the page whose numbers are not those of a run now."""
    there = listed(page)
    wrong = 0
    for name, model, make_runs in rows(build, 0.001):
        counts, seconds = there.pop((name, model), (None, 0))
        if counts is not None and seconds > MOMENT and not everything:
            continue
        now = next(make_runs())
        if counts != tuple(now[each] for each in COUNTS):
            print(f"{page}: {name}, {model}: {counts} there, and now "
                  f"{tuple(now[each] for each in COUNTS)} ({', '.join(COUNTS)})")
            wrong += 1
    for name, model in there:
        print(f"{page}: {name}, {model}: there is no such row any more")
    return 1 if wrong or there else 0


def main(arguments):
    if arguments[:1] != ["--check"]:
        return print_table(arguments[0], arguments[1:])
    everything = "--all" in arguments
    _, page, build = (each for each in arguments if each != "--all")
    return check(page, build, everything)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
