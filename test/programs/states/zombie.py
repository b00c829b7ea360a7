"""A child that has ended and of which its parent does not want to know yet."""
import json
import os
import time

child = os.fork()
if child == 0:
    time.sleep(0.2)
    line = {"kind": "dead", "pid": os.getpid(), "time": time.monotonic_ns()}
    os.write(1, (json.dumps(line) + "\n").encode())
    os._exit(3)
time.sleep(1)
os.waitpid(child, 0)
