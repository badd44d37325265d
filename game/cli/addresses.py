"""At which addresses does a host listen, and by which can others reach it?"""

import errno
import socket
from contextlib import closing, suppress
from ipaddress import ip_address
from typing import Final

from game.base.errors import EnvironmentLacksError, UsageError
from game.locale import _

ANY: Final = "0.0.0.0"  # noqa: S104 - phones of the class must reach it
SOLO: Final = "127.0.0.1"
"""The address of this machine for itself alone."""
_ANY_6: Final = "::"
_SOLO_6: Final = "::1"


def check_free(bind: str, port: int) -> None:
    """Make sure that nobody else listens there.

    Raises:
        UsageError: This machine has no such address.
        EnvironmentLacksError: Somebody does, or the port is not for everybody.
    """
    with closing(socket.socket(_family(bind))) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if probe.family == socket.AF_INET6:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)  # as the server listens
        try:
            probe.bind((bind, port))
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                message = _("this machine has no address '{address}': 0.0.0.0 stands for all that it has")
                raise UsageError(message.format(address=bind)) from error
            message = _(
                "port {port} of {address} cannot be opened: {why}. Choose another by --port, or end what uses it."
            )
            told = message.format(port=port, address=bind, why=error.strerror or error)
            raise EnvironmentLacksError(told) from error


def free_port() -> int:
    """Return a port that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind((SOLO, 0))
        return int(probe.getsockname()[1])


def reachable(bind: str) -> list[str]:
    """Return the addresses by which others may reach this machine, the most likely first; never empty.

    They are of the kind that is listened at: IPv6 for `::`, IPv4 for `0.0.0.0`.
    """
    if bind not in (ANY, _ANY_6):
        return [bind]
    family, found = _family(bind), list[str]()
    elsewhere = "2001:db8::1" if bind == _ANY_6 else "192.0.2.1"
    with suppress(OSError), closing(socket.socket(family, socket.SOCK_DGRAM)) as probe:
        probe.connect((elsewhere, 9))  # a documentation address: nothing is sent, the route alone is chosen
        found.append(str(probe.getsockname()[0]))
    with suppress(OSError):
        found += [str(item[4][0]) for item in socket.getaddrinfo(socket.gethostname(), None, family)]
    names = [name for name in dict.fromkeys(found) if not is_here_only(name)]
    return names or [_SOLO_6 if bind == _ANY_6 else SOLO]


def is_here_only(name: str) -> bool:
    """Return whether an address is of no use to others: of this machine itself, or without its network's name."""
    if name == "localhost":
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or (address.version == 6 and address.is_link_local)


def in_link(name: str) -> str:
    """Return an address as it stands in a link: one of IPv6 in brackets."""
    return f"[{name}]" if ":" in name else name


def _family(name: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in name else socket.AF_INET
