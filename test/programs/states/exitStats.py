"""The kernel's last word on every thread that ends on this machine: a line of JSON for each, until stdin ends.

Taskstats (Documentation/accounting/taskstats.rst) hands out, in a thread's exit path, the same two figures as its
schedstat file. Needs CAP_NET_ADMIN; fails (status 1, reason on stderr) where that or the kernel's support is missing.
"""
import json
import os
import selectors
import socket
import struct
import sys

GENL_ID_CTRL = 16
CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME = 3, 1, 2
TASKSTATS_CMD_GET, TASKSTATS_CMD_ATTR_REGISTER_CPUMASK = 1, 3
TYPE_PID, TYPE_STATS, TYPE_AGGR_PID = 1, 3, 4
NLM_F_REQUEST, NLM_F_ACK = 1, 4
NLMSG_ERROR = 2
SO_RCVBUFFORCE = 33


def attribute(kind, payload):
    size = 4 + len(payload)
    return struct.pack("HH", size, kind) + payload + b"\0" * (-size % 4)


def request(sock, family, command, payload):
    body = struct.pack("BBH", command, 1, 0) + payload
    sock.send(struct.pack("IHHII", 16 + len(body), family, NLM_F_REQUEST | NLM_F_ACK, 1, 0) + body)


def attributes(data):
    at = 0
    while at + 4 <= len(data):
        size, kind = struct.unpack_from("HH", data, at)
        if size < 4:
            return
        yield kind & 0x3FFF, data[at + 4 : at + size]
        at += (size + 3) & ~3


def messages(data):
    at = 0
    while at + 16 <= len(data):
        size, kind = struct.unpack_from("IH", data, at)
        yield kind, data[at + 16 : at + size]
        at += (size + 3) & ~3


def check(kind, body):
    if kind == NLMSG_ERROR:
        error = -struct.unpack_from("i", body)[0]
        if error != 0:
            sys.exit("taskstats: " + os.strerror(error))


def family_of(sock):
    request(sock, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, attribute(CTRL_ATTR_FAMILY_NAME, b"TASKSTATS\0"))
    for kind, body in messages(sock.recv(65536)):
        check(kind, body)
        for name, value in attributes(body[4:]):
            if name == CTRL_ATTR_FAMILY_ID:
                return struct.unpack("H", value)[0]
    sys.exit("taskstats: not in this kernel")


def tell(body):
    for kind, aggregate in attributes(body[4:]):
        if kind != TYPE_AGGR_PID:
            continue
        parts = dict(attributes(aggregate))
        tid = struct.unpack_from("I", parts[TYPE_PID])[0]
        stats = parts[TYPE_STATS]
        # Offsets in struct taskstats: cpu_delay_total, cpu_run_virtual_total, ac_etime (microseconds of life).
        (queued,), (cpu,), (life,) = (struct.unpack_from("Q", stats, at) for at in (24, 72, 144))
        print(json.dumps({"tid": tid, "cpu": cpu, "runQueue": queued, "life": life * 1000}), flush=True)


def main():
    sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
    sock.bind((0, 0))
    # A burst of ends must not be lost: there is one message for each.
    try:
        sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 8 << 20)
    except PermissionError as error:
        sys.exit(f"taskstats: {error.strerror}")
    family = family_of(sock)
    with open("/sys/devices/system/cpu/possible", encoding="ascii") as file:
        mask = file.read().strip().encode() + b"\0"
    request(sock, family, TASKSTATS_CMD_GET, attribute(TASKSTATS_CMD_ATTR_REGISTER_CPUMASK, mask))
    # The acknowledgement of the question before is still there, then that of this one.
    acknowledged = 0
    while acknowledged < 2:
        for kind, body in messages(sock.recv(65536)):
            check(kind, body)
            acknowledged += kind == NLMSG_ERROR
    print("listening", flush=True)
    selector = selectors.DefaultSelector()
    selector.register(sock, selectors.EVENT_READ)
    selector.register(sys.stdin, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is sys.stdin:
                return
            for kind, body in messages(sock.recv(65536)):
                if kind == family:
                    tell(body)


main()
