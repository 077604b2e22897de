"""The rule that holds for every test here: no socket leaves this machine."""

import socket

import pytest


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as connection, pytest.raises(RuntimeError, match="reach"):
        connection.connect(("192.0.2.1", 80))


def test_names_are_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="look up"):
        socket.getaddrinfo("example.com", 80)


def test_this_machine_can_be_reached() -> None:
    # Nobody listens there, which the system says itself: the rule didn't step in.
    with socket.socket() as bound, socket.socket() as connection:
        bound.bind(("127.0.0.1", 0))
        with pytest.raises(OSError, match=r"refused|unreachable"):
            connection.connect(bound.getsockname())
