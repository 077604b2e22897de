"""What this project adds to the service: the recommendations' routes and their page."""

from collections.abc import Callable

from fastapi import FastAPI

from ..api import health, page
from ..api.holder import Holder
from ..config import Settings
from ..model import ModelNotBuilt
from ..recommender import Recommender
from .cache import ShelfCache
from .meters import ShelfMeters
from .shop import shop_routes


def register(
    app: FastAPI,
    settings: Settings,
    load: Callable[[Settings], Recommender] = Recommender.load,
) -> None:
    """Add the routes, the page and the readiness check; tests pass their own `load`."""
    holder = Holder(lambda: load(settings), ModelNotBuilt)
    health.add_check(app, "model", holder.reason)
    meters = ShelfMeters(app.state.registry)
    app.include_router(shop_routes(holder, ShelfCache(settings.cache_size), meters))
    page.install(app)
