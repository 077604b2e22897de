"""What this project adds to the service."""

from fastapi import FastAPI

from ..config import Settings


def register(app: FastAPI, settings: Settings) -> None:
    """Add the routes."""
