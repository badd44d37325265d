"""What is measured of a load, and how is it told?"""

import os
import resource
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Measured:
    """What a load has shown.

    Attributes:
        answers: Seconds from an order to its answer, which is durable.
        views: Seconds from a room's last order to its last member's view of the next turn.
        settled: Seconds from a turn's last order to the last view with estimates of that turn.
        orders: How many orders were taken.
        turns: How many turns rooms resolved.
        wall: Seconds that the turns took until every view was there.
        cpu: Seconds of the server's processor time.
        memory: The server's highest resident set, in MB.
    """

    answers: list[float] = field(default_factory=list)
    views: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    orders: int = 0
    turns: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0

    def told(self) -> dict[str, Any]:
        """Return the figures by name."""
        return {
            "orders": self.orders,
            "answer_ms": _percentiles(self.answers),
            "next_view_ms": _percentiles(self.views),
            "estimates_ms": _percentiles(self.settled),
            "room_turns_per_second": round(self.turns / self.wall, 1),
            "cpu_ms_per_order": round(1000 * self.cpu / self.orders, 3),
            "peak_rss_mb": round(self.memory, 1),
        }


def _percentiles(seconds: list[float]) -> dict[str, float]:
    if not seconds:
        return {}
    found = np.percentile(seconds, [50, 95, 99]) * 1000
    return {name: round(float(value), 1) for name, value in zip(("p50", "p95", "p99"), found, strict=True)}


def peak(who: int = resource.RUSAGE_SELF) -> float:
    """Return a process's highest resident set so far, in MB."""
    return resource.getrusage(who).ru_maxrss / 1024


def memory_of(pid: int) -> float:
    """Return another process's highest resident set so far, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def cpu_of(pid: int) -> float:
    """Return another process's processor time in seconds, without that of its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
