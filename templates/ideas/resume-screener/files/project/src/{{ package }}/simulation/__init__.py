"""The simulation: people, posts and applications with a hidden truth.

Nothing outside this package may import it but `data.py`, which writes its output to files: what
screens must not know how the words were made. `tests/unit/test_layers.py` holds that.
"""
