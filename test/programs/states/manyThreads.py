"""A hundred threads that come and go, each for longer than a look of the sampler may be away (0.25 s); how long each was there by its own clock, a line of JSON."""
import json
import os
import threading
import time

lives = []


def live():
    begin = time.monotonic_ns()
    time.sleep(0.3)
    lives.append([threading.get_native_id(), time.monotonic_ns() - begin])


threads = []
for _ in range(100):
    threads.append(threading.Thread(target=live))
    threads[-1].start()
    time.sleep(0.01)
for thread in threads:
    thread.join()
os.write(1, (json.dumps({"kind": "threads", "pid": os.getpid(), "lives": lives}) + "\n").encode())
