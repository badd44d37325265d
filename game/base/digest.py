"""Which number stands for a text, the same in every process and on every machine?"""

import hashlib


def digest_of(files: dict[str, str]) -> str:
    """Return the hex digest of a scenario's files, whatever order they are given in.

    Args:
        files: Text of each file by its path inside the scenario's folder.

    Returns:
        64 hexadecimal digits (SHA-256 over sorted paths and texts with their lengths).
    """
    state = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode(), files[name].encode()):
            state.update(str(len(part)).encode() + b":" + part)
    return state.hexdigest()


def word_of(name: str) -> int:
    """Return a 64-bit number for a name: the first eight bytes of its BLAKE2b digest."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")
