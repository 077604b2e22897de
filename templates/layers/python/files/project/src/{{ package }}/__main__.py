"""`python -m PACKAGE VERB` does what the Makefile does."""

from .cli import main

raise SystemExit(main())
