"""The verb that starts the service."""

from .config import Settings
from .verbs import Options, Verb


def _serve(settings: Settings, _: Options) -> None:
    from .api import serve  # late: other verbs need no web server

    serve(settings)


SERVE = Verb("serve", _serve, "start the service")
