"""Asks the web process of this machine whether it can serve; ends with 1 when it cannot (a container's check)."""

import os
import sys
from urllib.request import urlopen

if __name__ == "__main__":
    try:
        urlopen(f"http://127.0.0.1:{os.environ['PORT']}/healthz/ready", timeout=4)
    except OSError as error:
        sys.exit(str(error))
