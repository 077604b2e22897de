# SOLUTION FILE onnx
"""Every step of the detector as ONNX operators.

It says what `filters`, `normality` and `head` say in numpy.
"""

import numpy as np
from numpy.typing import NDArray

from .filters import CURVE, FINEST, ROUGH, SCALES, SLOPE, TINY, WIDEST, WINDOW, along
from .graph import Graph
from .head import Head
from .normality import BEFORE, BEHIND, FLOOR, PATCH, SPREAD, Components, Normality, left_over


def _number(value: float) -> NDArray[np.float32]:
    return np.asarray(value, dtype=np.float32)


def _axes(*values: int) -> NDArray[np.int64]:
    return np.asarray(values, dtype=np.int64)


def standard(graph: Graph, tiles: str) -> str:
    """Take out each tile's own brightness and contrast."""
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


def maps(graph: Graph, tiles: str, normality: Normality) -> str:
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


def chance(graph: Graph, maps: str, head: Head) -> str:
    """Return the chance of a defect for every pixel."""
    values = maps
    for place, (weight, offset) in enumerate(zip(head.weights, head.offsets, strict=True)):
        values = graph.op("Add", graph.op("MatMul", values, weight), offset)
        values = graph.op("Relu" if place + 1 < len(head.weights) else "Sigmoid", values)
    return graph.op("Squeeze", values, _axes(3))
