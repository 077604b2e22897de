"""Simulates the company whose data this project works on, since no open data set has both parts.

Only what `export` writes leaves this package: the causes (satisfaction, levels, shocks) stay here,
and nothing outside imports them.
"""

from .export import export

__all__ = ["export"]
