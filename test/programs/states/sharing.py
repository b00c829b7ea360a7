"""Two processes with memory that they share on purpose, and memory that they share until one of them writes to it."""
import mmap
import os
import sys

SHARED, COPIED = 24 << 20, 12 << 20
shared = mmap.mmap(-1, SHARED)
shared.write(b"x" * SHARED)
copied = bytearray(b"y" * COPIED)
ready = os.pipe()
child = os.fork()
if child == 0:
    copied[: COPIED // 2] = b"z" * (COPIED // 2)
    seen = bytes(shared)
    os.write(ready[1], b".")
    sys.stdin.read()
    os._exit(0)
shared[0 : SHARED // 2] = b"x" * (SHARED // 2)
os.read(ready[0], 1)
os.write(1, f"{os.getpid()} {child}\n".encode())
sys.stdin.read()
os.waitpid(child, 0)
