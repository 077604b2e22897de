"""Runs a graph with onnxruntime."""

import numpy as np
import onnxruntime

from .detector import Detector, HeatMaker
from .export import build_graph
from .graph import INPUT, OUTPUT
from .surfaces import Pixels


class GraphHeat:
    """Heat maps from a graph; one thread, so that the same tile gives the same bytes."""

    def __init__(self, graph: bytes) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )

    def heat(self, tiles: Pixels) -> Pixels:
        """Return the chance of a defect for each pixel of (number, rows, columns)."""
        feeds = {INPUT: np.ascontiguousarray(tiles, dtype=np.float32)}
        return np.asarray(self._session.run([OUTPUT], feeds)[0], dtype=np.float32)


def heat_maker(detector: Detector) -> HeatMaker:
    """Return the detector's graph, or the detector itself where there is none."""
    graph = build_graph(detector)
    return detector if graph is None else GraphHeat(graph)
