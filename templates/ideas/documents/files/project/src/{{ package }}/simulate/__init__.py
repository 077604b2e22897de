"""Simulated invoices and receipts: records drawn from a seed, and their PDFs in eight layouts.

Nothing outside this package may import anything but `records` and `draw`: the reader must not
know how a page came about.
"""
