"""A bookshop that does not exist: its books, its readers and two years of their purchases.

The simulator knows what readers like; the recommender never does. Nothing outside of this package
may import it except the command that writes the files, and a test holds that. Only what a real shop
would have on file leaves it: a catalogue and a list of purchases.
"""

from .files import SimulatedShop, Town, load_town, simulate, write_shop

__all__ = ["SimulatedShop", "Town", "load_town", "simulate", "write_shop"]
