"""What the tests of the outputs share: real traces, and hostile ones made from them."""
import json
import os
import re
import subprocess
import tempfile

# Scenario, settings: every kind of error that our scenarios show, and both memory models.
VIOLATIONS = [("message_passing", ["--set", "ordered=0"]), ("fput_shipped", []),
              ("llist_unsafe_walk", []), ("stash_shared", []),
              ("fput_partial_fix", ["--model", "sc"])]

# Text that is syntax somewhere: HTML, scripts, XML, DOT, JSON, terminals, directions of writing.
HOSTILE = ("</script><script>document.title='broken'</script><img src=x onerror=alert(1)>"
           "]]>&amp;\"'\\n\\\" -- <!-- %s $(x) `x` \x1b[31mred\x1b[0m\x07\u202e\u0000\u2028{}|;")

# What no output may have: it would steer a terminal, or hide or turn round what is there.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")


class Programs:
    """The command under test and the scenarios that it finds."""

    def __init__(self, heddle, scenarios):
        self.heddle = os.path.abspath(heddle)
        self.scenarios = os.path.abspath(scenarios)

    def run(self, *words, **more):
        # Nothing that a user has set changes what is printed; what a sanitizer was told stays.
        kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS") if name in os.environ}
        environment = {**kept, "HEDDLE_SCENARIOS": self.scenarios}
        options = {"timeout": 120, "text": True, **more}
        if "input" not in options:
            options["stdin"] = subprocess.DEVNULL
        return subprocess.run([self.heddle, *words], capture_output=True, check=False,
                              env=environment, **options)

    def trace(self, scenario, settings):
        """The counterexample of a scenario, as parsed JSON."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "trace.json")
            ended = self.run("run", scenario, *settings, "--trace", path)
            assert ended.returncode == 1, ended.stdout + ended.stderr
            with open(path, encoding="utf-8") as file:
                return json.load(file)

    def traces(self):
        return [self.trace(scenario, settings) for scenario, settings in VIOLATIONS]


def save(trace, folder, name="trace.json"):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(trace, file)
    return path


def hostile(trace):
    """The trace with HOSTILE in every text that comes from a scenario."""
    trace = json.loads(json.dumps(trace))
    trace["scenario"] += HOSTILE
    trace["model"] += HOSTILE
    trace["settings"] = {HOSTILE: 7}
    trace["threads"] = [name + HOSTILE for name in trace["threads"]]
    trace["explanation"] = [{"text": HOSTILE, "steps": [1, len(trace["steps"])]}]
    for step in trace["steps"]:
        for member in ("operation", "order", "object", "object_type", "read", "written", "note",
                       "file", "function", "text"):
            if member in step:
                step[member] += HOSTILE
    violation = trace["violation"]
    for member in ("message", "file"):
        violation[member] += HOSTILE
    trace["sources"] = {name + HOSTILE: [line + HOSTILE for line in lines]
                        for name, lines in trace["sources"].items()}
    return trace
