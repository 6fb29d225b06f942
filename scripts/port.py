"""Exit with one line when the port of `make run` is taken: scripts/port.py HOST PORT. No Django: it runs first.

A server that is being stopped, as by Ctrl-C just now, has some seconds to give its port up.
"""

import errno
import socket
import sys
import time

PATIENCE = 5  # seconds

host, port = sys.argv[1], sys.argv[2]
if not port.isdigit() or not 0 < int(port) < 65536:
    sys.exit(f"PORT={port} is not a port; choose one from 1024 to 65535: make run PORT=8001")


def trouble() -> OSError | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            return error
    return None


until = time.monotonic() + PATIENCE
while (error := trouble()) and error.errno == errno.EADDRINUSE and time.monotonic() < until:
    time.sleep(0.2)
if error:
    sys.exit(f"Port {port} can't be used ({error.strerror}); choose another: make run PORT=8001")
