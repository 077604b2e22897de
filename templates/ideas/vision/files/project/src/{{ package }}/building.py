"""Build: draw the pictures, learn from the training strips, draw the lines, write the model."""

import numpy as np

from .assumptions import read_assumptions
from .baselines import Heated
from .business import Assumptions
from .config import Settings
from .dataset import Cases, load, part_digest, write_parts
from .detector import HeatMaker
from .export import build_graph
from .model import Line, Model, load_model, save_model
from .operating import cheapest, make_curve, strict
from .serving import heat_maker
from .surfaces import SURFACES, Surface
from .training import train


def build(settings: Settings) -> Model:
    """Build the model and write it; the test part is drawn, but never read here."""
    write_parts(settings)
    assumptions = read_assumptions(settings.configs_dir / "business.toml", Assumptions)
    dev = load(settings, "dev")
    trained = {surface: train(surface, settings.seed) for surface in SURFACES}
    graphs = {surface: build_graph(its.detector) for surface, its in trained.items()}
    lines = {
        surface: draw_line(surface, heat_maker(its.detector), dev, assumptions)
        for surface, its in trained.items()
    }
    save_model(settings, trained, graphs, lines, part_digest(settings, "dev"))
    return load_model(settings)


def draw_line(surface: Surface, maker: HeatMaker, dev: Cases, assumptions: Assumptions) -> Line:
    """Choose both thresholds of a surface on the development part."""
    its = dev.of(surface)
    scores = np.asarray(Heated(maker).scores(dev.pictures[its]))
    curve = make_curve(scores, dev.defect[its])
    return Line(cheapest(curve, assumptions), strict(curve), curve)
