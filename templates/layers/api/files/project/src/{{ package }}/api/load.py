"""Load test on loopback: `python -m PACKAGE.api.load --requests FILE`.

Starts the service in a process of its own, lets a number of clients ask as fast as they get
answers, and adds the latencies to `reports/timing.json`. Any failed request fails the test.
The client is written on asyncio streams so that it needs no package and little processor time.
"""

import argparse
import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..config import get_settings

HOST = "127.0.0.1"
START_SECONDS = 60
REQUEST_SECONDS = 30
READY_PATH = "/readyz"


@dataclass(frozen=True)
class Call:
    """One request that a client repeats."""

    method: str
    path: str
    json: Any = None

    def encode(self) -> bytes:
        body = b"" if self.json is None else json.dumps(self.json).encode()
        head = (
            f"{self.method} {self.path} HTTP/1.1\r\nHost: {HOST}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


@dataclass
class Outcome:
    """What the clients saw: seconds of each answered request, and why others failed."""

    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def read_calls(path: Path) -> list[Call]:
    """Read a JSON list of {"method", "path", "json"} objects."""
    calls = [Call(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    if not calls:
        raise ValueError(f"{path}: no request to send")
    return calls


async def run_clients(port: int, calls: Sequence[Call], clients: int, seconds: float) -> Outcome:
    """Let `clients` connections repeat `calls` for `seconds`, each from its own place in them."""
    outcome = Outcome()
    end = time.perf_counter() + seconds
    payloads = [call.encode() for call in calls]
    await asyncio.gather(
        *(_client(port, payloads, start, end, outcome) for start in range(clients))
    )
    return outcome


async def _client(
    port: int, payloads: Sequence[bytes], start: int, end: float, outcome: Outcome
) -> None:
    turn = start
    while True:  # everyone asks at least once, however late they get their turn
        try:
            reader, writer = await asyncio.open_connection(HOST, port)
            with contextlib.closing(writer):
                while True:
                    began = time.perf_counter()
                    writer.write(payloads[turn % len(payloads)])
                    status = await asyncio.wait_for(_read_answer(reader), REQUEST_SECONDS)
                    if status == 200:
                        outcome.latencies.append(time.perf_counter() - began)
                    else:
                        outcome.errors.append(f"status {status}")
                    turn += 1
                    if time.perf_counter() >= end:
                        return
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            outcome.errors.append(type(error).__name__)
            if time.perf_counter() >= end:
                return
            await asyncio.sleep(0.05)  # a service that refuses is not hammered


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split(" ", 2)[1])
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
    await reader.readexactly(int(headers.get("content-length", "0")))
    return status


def summarise(outcome: Outcome, clients: int, seconds: float) -> dict[str, Any]:
    """Counts and percentiles, latencies in milliseconds."""
    ordered = sorted(outcome.latencies)
    return {
        "clients": clients,
        "seconds": seconds,
        "requests": len(ordered) + len(outcome.errors),
        "errors": len(outcome.errors),
        "requests_per_second": round(len(ordered) / seconds, 1),
        "latency_ms": {
            f"p{share}": round(percentile(ordered, share) * 1000, 2) for share in (50, 95, 99)
        },
    }


def percentile(ordered: Sequence[float], share: int) -> float:
    """The nearest-rank percentile of sorted values; 0.0 if there are none."""
    if not ordered:
        return 0.0
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def merge_timing(path: Path, name: str, value: dict[str, Any]) -> None:
    """Set one member of a JSON object file, keeping the others; replaced in one step."""
    known: dict[str, Any] = {}
    if path.exists():
        known = json.loads(path.read_text(encoding="utf-8"))
    known[name] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    draft.replace(path)


@contextlib.contextmanager
def running_service() -> Iterator[int]:
    """Start the service on a free port, wait until it is ready, stop it at the end."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", str(__package__), "--host", HOST, "--port", str(port)]
    service = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - our own module
    try:
        asyncio.run(_wait_until_ready(service, port))
        yield port
    finally:
        service.terminate()
        service.wait(timeout=30)


async def _wait_until_ready(service: subprocess.Popen[bytes], port: int) -> None:
    probe = Call("GET", READY_PATH).encode()
    end = time.perf_counter() + START_SECONDS
    status = None
    while time.perf_counter() < end and service.poll() is None:
        try:
            reader, writer = await asyncio.open_connection(HOST, port)
            with contextlib.closing(writer):
                writer.write(probe)
                status = await asyncio.wait_for(_read_answer(reader), REQUEST_SECONDS)
        except (OSError, EOFError):
            await asyncio.sleep(0.1)
            continue
        if status == 200:
            return
        break  # it answers, but cannot work: waiting will not help
    raise RuntimeError(f"the service is not ready (last status: {status}); see {READY_PATH}")


def main(arguments: Sequence[str] | None = None) -> int:
    settings = get_settings()
    parser = argparse.ArgumentParser(description="Load test on loopback.")
    parser.add_argument("--requests", type=Path, required=True, help="JSON list of requests")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10.0)
    chosen = parser.parse_args(arguments)
    calls = read_calls(chosen.requests)
    try:
        with running_service() as port:
            outcome = asyncio.run(run_clients(port, calls, chosen.clients, chosen.seconds))
    except RuntimeError as error:
        sys.stderr.write(f"load: {error}\n")
        return 1
    summary = summarise(outcome, chosen.clients, chosen.seconds)
    merge_timing(settings.reports_dir / "timing.json", "load", summary)
    sys.stdout.write(json.dumps(summary, indent=2) + "\n")
    for reason in sorted(set(outcome.errors)):
        sys.stderr.write(f"load: {outcome.errors.count(reason)} x {reason}\n")
    return 1 if outcome.errors or not outcome.latencies else 0


if __name__ == "__main__":
    sys.exit(main())
