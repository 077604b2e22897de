"""The detector as one ONNX graph, from grey tiles to heat maps: any runtime can serve it."""

# BEGIN SOLUTION onnx
from .detector import SMOOTH, Detector
from .graph import INPUT, OUTPUT, Graph
from .operators import chance, maps, standard

# END SOLUTION
# STUB: from .detector import Detector
# STUB:

def build_graph(detector: Detector) -> bytes | None:
    """Return the graph, or None while there is none: the service then computes with numpy."""
    # BEGIN SOLUTION onnx
    graph = Graph()
    values = maps(graph, standard(graph, INPUT), detector.normality)
    heat = graph.blur(chance(graph, values, detector.head), SMOOTH)
    graph.op("Identity", heat, output=OUTPUT)
    return graph.finish()
    # END SOLUTION
    # STUB: del detector
    # STUB: return None
