"""Two threads of another runtime that live in a known way: the first sleeps, the second is busy."""
import json
import os
import threading
import time

LIFE = 1.5


def tell(role, born, asleep=0):
    time.sleep(0.001)  # The kernel counts a running thread once a tick; one that has just slept is counted up to now.
    with open("/proc/thread-self/schedstat", encoding="ascii") as file:
        cpu, queued, _ = map(int, file.read().split())
    line = {"kind": "thread", "role": role, "pid": os.getpid(), "tid": threading.get_native_id(), "threadId": None}
    line |= {"inCalls": asleep, "asleepInCalls": asleep, "loopIdle": None}
    line |= {"born": born, "cpu": cpu, "runQueue": queued, "time": time.monotonic_ns()}
    os.write(1, (json.dumps(line) + "\n").encode())


def busy():
    born = time.monotonic_ns()
    while time.monotonic_ns() < born + LIFE * 1e9:
        pass
    tell("busy", born)


born = time.monotonic_ns()
thread = threading.Thread(target=busy)
thread.start()
before = time.monotonic_ns()
time.sleep(LIFE)
thread.join()
tell("sleeps", born, time.monotonic_ns() - before)
