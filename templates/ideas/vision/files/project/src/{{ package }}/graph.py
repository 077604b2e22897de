"""The detector as one ONNX graph, from grey tiles to heat maps: any runtime can serve it.

It says in ONNX what `filters`, `normality`, `head` and `detector` say in numpy.
"""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from .detector import SMOOTH, Detector
from .filters import CURVE, FINEST, ROUGH, SCALES, SLOPE, TINY, WIDEST, WINDOW, along, gaussian
from .head import Head
from .normality import BEFORE, BEHIND, FLOOR, PATCH, SPREAD, Components, Normality, left_over
from .surfaces import TILE

OPSET = 17
IR_VERSION = 8
INPUT, OUTPUT = "tiles", "heat"


def build_graph(detector: Detector) -> bytes | None:
    """Return the graph, or None while there is none: the service then computes with numpy."""
    # BEGIN SOLUTION onnx
    graph = Graph()
    tiles = _standard(graph, INPUT)
    maps = _maps(graph, tiles, detector.normality)
    chance = _chance(graph, maps, detector.head)
    graph.op("Identity", graph.blur(chance, SMOOTH), output=OUTPUT)
    return graph.finish()
    # END SOLUTION
    # STUB: del detector
    # STUB: return None


class Graph:
    """Collects nodes and constants; every operation returns the name of its result."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[bytes, onnx.TensorProto] = {}

    def op(self, kind: str, *inputs: Any, output: str = "", **attributes: Any) -> str:
        """Add an operation; an input is a name, or an array that becomes a constant."""
        names = [one if isinstance(one, str) else self._constant(one) for one in inputs]
        output = output or f"{kind.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, names, [output], **attributes))
        return output

    def blur(self, maps: str, sigma: float) -> str:
        """Smooth along columns and rows."""
        operator = gaussian(sigma)
        return self.op("MatMul", self.op("MatMul", operator, maps), operator.T)

    def squared(self, name: str) -> str:
        return self.op("Mul", name, name)

    def finish(self) -> bytes:
        """Return the checked model."""
        shape: list[str | int | None] = ["number", TILE, TILE]
        ends = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name in (INPUT, OUTPUT)
        ]
        graph = helper.make_graph(
            self._nodes, "detector", ends[:1], ends[1:], list(self._constants.values())
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
        )
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())

    def _constant(self, value: Any) -> str:
        array: NDArray[Any] = np.ascontiguousarray(value)
        key = array.tobytes() + str((array.shape, array.dtype)).encode()
        if key not in self._constants:
            name = f"constant_{len(self._constants)}"
            self._constants[key] = numpy_helper.from_array(array, name)
        return self._constants[key].name


# BEGIN SOLUTION onnx


def _number(value: float) -> NDArray[np.float32]:
    return np.asarray(value, dtype=np.float32)


def _axes(*values: int) -> NDArray[np.int64]:
    return np.asarray(values, dtype=np.int64)


def _standard(graph: Graph, tiles: str) -> str:
    mean = graph.op("ReduceMean", tiles, axes=[1, 2], keepdims=1)
    off = graph.op("Sub", tiles, mean)
    variance = graph.op("ReduceMean", graph.squared(off), axes=[1, 2], keepdims=1)
    spread = graph.op("Add", graph.op("Sqrt", variance), _number(TINY))
    return graph.op("Div", off, spread)


def _bank(graph: Graph, tiles: str) -> list[str]:
    channels = []
    squared = graph.squared(tiles)
    smooth = {scale: graph.blur(tiles, scale) for scale in (*SCALES, WIDEST)}
    for scale, grey in smooth.items():
        rest = graph.op("Sub", graph.blur(squared, scale), graph.squared(grey))
        channels += [grey, graph.op("Sqrt", graph.op("Relu", rest))]
    for scale in SCALES:
        channels += _slopes(graph, smooth[scale], scale)
    fine = graph.op("Abs", graph.op("Sub", tiles, graph.blur(tiles, FINEST)))
    channels += [graph.blur(fine, sigma) for sigma in ROUGH]
    first = smooth[SCALES[0]]
    channels.append(_highest(graph, first))
    channels.append(graph.op("Neg", _highest(graph, graph.op("Neg", first))))
    return channels


def _slopes(graph: Graph, grey: str, scale: float) -> list[str]:
    slope, curve = along(SLOPE), along(CURVE)
    down = graph.op("Mul", graph.op("MatMul", slope, grey), _number(scale))
    across = graph.op("Mul", graph.op("MatMul", grey, slope.T), _number(scale))
    products = (graph.squared(across), graph.squared(down), graph.op("Mul", across, down))
    xx, yy, xy = (graph.blur(product, scale) for product in products)
    mixed = graph.op("Mul", graph.squared(xy), _number(4))
    straight = graph.op("Add", graph.squared(graph.op("Sub", xx, yy)), mixed)
    steep = graph.op("Relu", graph.op("Add", xx, yy))
    bent = graph.op("Add", graph.op("MatMul", curve, grey), graph.op("MatMul", grey, curve.T))
    return [
        graph.op("Sqrt", steep),
        graph.op("Sqrt", straight),
        graph.op("Mul", bent, _number(scale**2)),
    ]


def _highest(graph: Graph, grey: str) -> str:
    side = WINDOW // 2
    deep = graph.op("Unsqueeze", grey, _axes(1))
    pooled = graph.op("MaxPool", deep, kernel_shape=[WINDOW, WINDOW], pads=[side] * 4)
    return graph.op("Squeeze", pooled, _axes(1))


def _residuals(graph: Graph, deep: str, part: Components) -> str:
    pads = _axes(0, 0, BEFORE, BEFORE, 0, 0, BEHIND, BEHIND)
    padded = graph.op("Pad", deep, pads, mode="reflect")
    filters = part.directions.reshape(-1, 1, PATCH, PATCH)
    along_each = graph.op("Conv", padded, filters, -(part.directions @ part.mean))
    weights = left_over().T[:, :, None, None]
    left = graph.op("Conv", graph.squared(along_each), weights)
    return graph.op("Log", graph.op("Add", left, _number(FLOOR)))


def _maps(graph: Graph, tiles: str, normality: Normality) -> str:
    """Return all maps with the channels last."""
    filtered = [graph.op("Unsqueeze", one, _axes(1)) for one in _bank(graph, tiles)]
    bank = graph.op("Concat", *filtered, axis=1)
    last = graph.op("Transpose", bank, perm=[0, 2, 3, 1])
    far = graph.op("MatMul", graph.op("Sub", last, normality.centre), normality.whiten.T)
    distance = graph.op("ReduceSumSquare", far, axes=[3], keepdims=0)
    distance = graph.op("Log", graph.op("Add", distance, _number(1)))
    deep = graph.op("Unsqueeze", tiles, _axes(1))
    half = graph.op("AveragePool", deep, kernel_shape=[2, 2], strides=[2, 2])
    coarse = graph.op(
        "Resize",
        _residuals(graph, half, normality.coarse),
        "",
        np.asarray([1, 1, 2, 2], dtype=np.float32),
        mode="nearest",
        coordinate_transformation_mode="asymmetric",
        nearest_mode="floor",
    )
    maps = [
        bank,
        _residuals(graph, deep, normality.fine),
        coarse,
        graph.op("Unsqueeze", distance, _axes(1)),
        graph.op("Unsqueeze", graph.blur(distance, SPREAD), _axes(1)),
    ]
    return graph.op("Transpose", graph.op("Concat", *maps, axis=1), perm=[0, 2, 3, 1])


def _chance(graph: Graph, maps: str, head: Head) -> str:
    values = maps
    for place, (weight, offset) in enumerate(zip(head.weights, head.offsets, strict=True)):
        values = graph.op("Add", graph.op("MatMul", values, weight), offset)
        values = graph.op("Relu" if place + 1 < len(head.weights) else "Sigmoid", values)
    return graph.op("Squeeze", values, _axes(3))


# END SOLUTION
