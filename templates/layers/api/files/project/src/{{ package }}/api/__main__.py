"""`python -m PACKAGE.api`: serve with the settings of the environment."""

import argparse
import sys

from ..config import get_settings
from ..settings import ConfigurationError
from .app import serve


def main() -> None:
    settings = get_settings()
    parser = argparse.ArgumentParser(description="Serve the API and the page.")
    parser.add_argument("--host", default=settings.host)
    parser.add_argument("--port", type=int, default=settings.port)
    chosen = parser.parse_args()
    try:
        serve(settings.model_copy(update={"host": chosen.host, "port": chosen.port}))
    except ConfigurationError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
