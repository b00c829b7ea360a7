"""Threads and a process whose names are meant to break what reads or shows them: renamed.py NAMES (a JSON list)."""
import json
import os
import sys
import threading
import time

names = json.loads(sys.argv[1])


def rename(name):
    with open(f"/proc/self/task/{threading.get_native_id()}/comm", "wb") as file:
        file.write(name.encode())


def spin(name):
    rename(name)
    until = time.thread_time() + 0.1
    while time.thread_time() < until:
        pass
    time.sleep(0.5)
    line = {"kind": "named", "pid": os.getpid(), "tid": threading.get_native_id(), "name": name}
    line["cpu"] = int(open("/proc/thread-self/schedstat", encoding="ascii").read().split()[0])
    os.write(1, (json.dumps(line) + "\n").encode())
    time.sleep(0.1)


threads = [threading.Thread(target=spin, args=(name,)) for name in names[1:]]
for thread in threads:
    thread.start()
spin(names[0])
for thread in threads:
    thread.join()
