"""Servers end while the next test begins: each looks ten times a second whether it is to, and then lets pages go."""

import threading

_ending = []
"""Threads that end a server, each with the folder and the port that it had."""


def end_soon(end, folder, port):
    """Let a function end a server in the background, once those before it have ended."""
    thread = threading.Thread(target=end)
    thread.start()
    ended()
    _ending.append((thread, folder, port))


def ended(folder=None, port=None):
    """Wait until the server that had a folder or a port has ended; without any, whichever it is."""
    for found in list(_ending):
        if folder is port is None or folder == found[1] or port == found[2]:
            found[0].join()
            _ending.remove(found)
