"""gdb commands for replays: next-event, run-to-event, run-to-end, show-event, who-holds.

`heddle replay TRACE --gdb` loads this. By hand:
    gdb -x heddle_gdb.py --args SCENARIO_PROGRAM --replay=TRACE --step-through
    (gdb) run

A replay runs in one OS thread, so breakpoints, watchpoints and `backtrace` work as in any program.
It stops just before each step, in the frame of the scenario's own code.
"""
import json
import os
import re
import shlex

import gdb

HOOK = "heddle_debug_step"
CRASHES = "SIGSEGV SIGBUS SIGFPE SIGILL SIGABRT"
FIRST_ARGUMENT = {"x86-64": "$rdi", "aarch64": "$x0"}
# Functions between the breakpoint and the scenario's own code.
CHECKER = re.compile(
    r"heddle_|heddle::(runtime|explore|api|sync)::|std::_Function_handler<void \(\)|"
    r"operator (new|delete)|\(anonymous namespace\)::(allocate|release)\(|rl::")
# What could steer a terminal, or hide or turn round what is there.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def safe(text):
    return UNSAFE.sub(lambda match: f"\\u{{{ord(match.group()):x}}}", text)


def in_words(step):
    """The step as a person would write it: x.load(acquire) = 1."""
    arguments = [step["order"]] if "order" in step else []
    only_writes = "written" in step and "read" not in step
    if only_writes:
        arguments.insert(0, step["written"])
    words = f"{step['object']}." if "object" in step else ""
    words += f"{step['operation']}({', '.join(arguments)})"
    if "read" in step:
        words += f" = {step['read']}"
        if "written" in step:
            words += f", writes {step['written']}"
    if step.get("success") is False:
        words += ", fails"
    if "reads_from" in step:
        words += f" (from {step['reads_from']})"
    return words + (f" ({step['note']})" if "note" in step else "")


class Replay:
    """The trace that the program replays, and where it is."""

    def __init__(self):
        self.number = 0
        self.target = 1
        self.path = None
        self.trace = None

    def load(self):
        """Reads the trace that the program's arguments name."""
        shown = gdb.execute("show args", to_string=True)  # ... is "--replay=bug.json".
        words = shlex.split(shown[shown.find('"') + 1:shown.rfind('"')])
        path = None
        for i, word in enumerate(words):
            if word.startswith("--replay="):
                path = word.partition("=")[2]
            elif word == "--replay" and i + 1 < len(words):
                path = words[i + 1]
        if path is None or "--step-through" not in words:
            raise gdb.GdbError("heddle: the program needs the arguments --replay=TRACE "
                               "--step-through; set them with `set args`")
        if path == self.path:
            return
        try:
            with open(os.path.expanduser(path), encoding="utf-8") as file:
                self.trace = json.load(file)
        except (OSError, ValueError) as error:
            raise gdb.GdbError(f"heddle: can't read the trace {path}: {error}") from error
        self.path = path

    def size(self):
        self.load()
        return len(self.trace["steps"])

    def step(self, number):
        self.load()
        return self.trace["steps"][number - 1]

    def label(self, thread):
        name = self.trace["threads"][thread]
        return name if str(thread) in name or thread == 0 else f"{thread} {name}"

    def headline(self, number):
        step = self.step(number)
        text = f"step {number} of {self.size()}, {self.label(step['thread'])}: {in_words(step)}"
        violation = self.trace["violation"]
        if violation and number == violation["step"]:
            text += f"   <- {violation['kind']}"
        elif violation and number == violation["other_step"]:
            text += f"   <- see step {violation['step']}"
        return safe(text)

    def source(self, number):
        step = self.step(number)
        if "file" not in step:
            return ""
        return safe(f"{step['file']}:{step.get('line', 0)}   {step.get('text', '')}")


replay = Replay()


class StepBreakpoint(gdb.Breakpoint):
    """Stops at the step that was asked for, and at none before it."""

    def __init__(self):
        # At its very first instruction, where the argument is in its register.
        super().__init__(f"*{HOOK}", internal=True)
        self.silent = True

    def stop(self):
        architecture = gdb.selected_frame().architecture().name()
        register = next(name for key, name in FIRST_ARGUMENT.items() if key in architecture)
        replay.number = int(gdb.parse_and_eval(register)) & 0xFFFFFFFF
        return replay.number >= replay.target


def scenario_frame(step):
    """The frame of the scenario's code: where the trace says, else the caller of the checker."""
    frame = gdb.newest_frame()
    caller = None
    while frame is not None:
        place = frame.find_sal()
        here = place.symtab.filename if place.symtab else ""
        if place.line == step.get("line") and here.endswith(step.get("file", "\0")):
            return frame
        if caller is None and not CHECKER.match(frame.name() or "heddle_"):
            caller = frame
        frame = frame.older()
    return caller


def on_stop(event):
    if isinstance(event, gdb.SignalEvent) and replay.number:
        print(f"heddle: the signal came after step {replay.number} of its replay")
    if not isinstance(event, gdb.BreakpointEvent):
        return
    if not any(isinstance(each, StepBreakpoint) for each in event.breakpoints):
        return
    replay.target = replay.number  # `continue` stops at the next one
    if replay.number == 1:
        # Before the first step the same crashes happened, and were taken by the checker.
        gdb.execute(f"handle {CRASHES} stop print pass", to_string=True)
    print(replay.headline(replay.number))
    source = replay.source(replay.number)
    if source:
        print("  " + source)
    frame = scenario_frame(replay.step(replay.number))
    if frame is not None:
        frame.select()


def begin(_event):
    replay.number = 0
    replay.target = 1


def go_to(number):
    if number > replay.size():
        raise gdb.GdbError(f"there are {replay.size()} steps; `continue` runs to the end")
    if number <= replay.number:
        raise gdb.GdbError(f"step {number} is behind: `run` starts again")
    replay.target = number
    if gdb.selected_inferior().pid == 0:
        raise gdb.GdbError("the program does not run yet: `run`")
    gdb.execute("continue")


def whole_number(argument, what):
    if not argument.strip().isdigit() or int(argument) == 0:
        raise gdb.GdbError(f"{what} takes the number of a step, from 1 on")
    return int(argument)


class NextEvent(gdb.Command):
    """Goes to the next step of the replay; next-event N: N steps on."""

    def __init__(self):
        super().__init__("next-event", gdb.COMMAND_RUNNING)

    def invoke(self, argument, _from_tty):
        count = whole_number(argument, "next-event") if argument.strip() else 1
        go_to(replay.number + count)


class RunToEvent(gdb.Command):
    """run-to-event N: goes on to step N of the replay."""

    def __init__(self):
        super().__init__("run-to-event", gdb.COMMAND_RUNNING)

    def invoke(self, argument, _from_tty):
        go_to(whole_number(argument, "run-to-event"))


class RunToEnd(gdb.Command):
    """Goes on to the end of the replay, or to the next breakpoint of your own."""

    def __init__(self):
        super().__init__("run-to-end", gdb.COMMAND_RUNNING)

    def invoke(self, _argument, _from_tty):
        replay.target = replay.size() + 1
        gdb.execute("continue")


class ShowEvent(gdb.Command):
    """Says which step comes next; show-event N: what step N is."""

    def __init__(self):
        super().__init__("show-event", gdb.COMMAND_STATUS)

    def invoke(self, argument, _from_tty):
        number = whole_number(argument, "show-event") if argument.strip() else replay.number
        if not 1 <= number <= replay.size():
            raise gdb.GdbError(f"there is no step {number}; there are {replay.size()}")
        print(replay.headline(number))
        print("  " + replay.source(number))


class WhoHolds(gdb.Command):
    """Which thread holds which mutex before the present step, and who waits for ever."""

    def __init__(self):
        super().__init__("who-holds", gdb.COMMAND_STATUS)

    def invoke(self, _argument, _from_tty):
        holders, waits = self.locks()
        for mutex, thread in holders.items():
            state = f"held by {replay.label(thread)}" if thread is not None else "free"
            print(safe(f"{mutex}: {state}"))
        for mutex, thread in waits:
            print(safe(f"{mutex}: {replay.label(thread)} waits for ever"))
        if not holders:
            print("no mutex so far")

    @staticmethod
    def locks():
        replay.load()
        holders = {}
        waits = []
        # The present step has not been done yet.
        for number in range(1, max(1, replay.number)):
            step = replay.step(number)
            if step.get("object_type") != "mutex":
                continue
            mutex = step["object"]
            holders.setdefault(mutex, None)
            if step.get("waits"):
                waits.append((mutex, step["thread"]))
            elif step["operation"] == "lock" or step.get("success"):
                holders[mutex] = step["thread"]
            elif step["operation"] == "unlock":
                holders[mutex] = None
        return holders, waits


for command in (NextEvent, RunToEvent, RunToEnd, ShowEvent, WhoHolds):
    command()
gdb.execute("set pagination off")
# The checker's clock, and crashes that it takes itself before the first step.
gdb.execute(f"handle SIGVTALRM {CRASHES} nostop noprint pass", to_string=True)
StepBreakpoint()
gdb.events.stop.connect(on_stop)
gdb.events.exited.connect(begin)
