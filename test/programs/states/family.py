"""A process of another runtime that forks, as processes.sh has them: once by itself, once for another program."""
import os
import subprocess
import sys
import time

log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)


def tell(pid, parent, name, end):
    os.write(log, f"{pid} {parent} {name} {end}\n".encode())


tell(os.getpid(), os.getppid(), "python", 11)
child = os.fork()
if child == 0:
    tell(os.getpid(), os.getppid(), "forked", 9)
    time.sleep(0.15)
    os._exit(9)
other = subprocess.Popen(["sleep", "0.1"])
tell(other.pid, os.getpid(), "vforked", 0)
other.wait()
os.waitpid(child, 0)
sys.exit(11)
