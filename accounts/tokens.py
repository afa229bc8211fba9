"""Secrets that travel in links: only their hash is kept (SAFETY 14)."""

import hashlib


def hashed(token: str) -> str:
    """Return the SHA-256 of a token as 64 hexadecimal digits; tokens are long and random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
