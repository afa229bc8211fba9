"""How gunicorn serves the pages; it listens on ``PORT``."""

import os

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# A worker that hangs is noticed by a file that must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - memory, of this container only
# Nobody steers the server from inside its container, where nothing can be written.
control_socket_disable = True
