"""Writes an ONNX graph node by node."""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from .filters import gaussian
from .surfaces import TILE

OPSET = 17
IR_VERSION = 8
INPUT, OUTPUT = "tiles", "heat"


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
