"""The lock file can be used everywhere."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings


def test_lock_file_names_the_public_index_only() -> None:
    text = Path(settings.BASE_DIR / "uv.lock").read_text()
    hosts = {urlsplit(address).hostname for address in re.findall(r"https?://[^\s\"']+", text)}
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    assert not re.search(r'\b(path|directory|editable) = "', text)
