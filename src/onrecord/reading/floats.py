"""The int8 network in floats again, for engines that are quicker with those.

ONNX Runtime multiplies int8 matrices whose left side it quantizes as it comes. OpenVINO has no such products, but computes in
bfloat16 where the processor can. So that one file serves both, its weights are multiplied out when OpenVINO opens it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def in_floats(file: Path) -> bytes:
    """An ONNX file with each dynamically quantized product (DynamicQuantizeLinear … MatMulInteger … Mul) as a plain MatMul."""
    import onnx

    model = onnx.load(file)
    graph = model.graph
    tables = {table.name: table for table in graph.initializer}
    made = {output: node for node in graph.node for output in node.output}
    used = {name: node for node in graph.node for name in node.input}
    instead: dict[str, Any] = {}  # by the name of a product's last node
    gone: set[str] = set()
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        cast = used[node.output[0]]
        scaled = used[cast.output[0]]
        scales = made[next(name for name in scaled.input if name != cast.output[0])]
        left, weight = made[node.input[0]], node.input[1]
        whole, scale, zero = (onnx.numpy_helper.to_array(tables[name]) for name in (weight, scales.input[1], node.input[3]))
        values = (whole.astype("float32") - zero) * scale
        graph.initializer.append(onnx.numpy_helper.from_array(values, f"{weight}_float"))
        instead[scaled.name] = onnx.helper.make_node("MatMul", [left.input[0], f"{weight}_float"], list(scaled.output))
        gone |= {node.name, cast.name, scales.name, left.name}
    nodes = [instead.get(node.name, node) for node in graph.node if node.name not in gone]
    needed = {name for node in nodes for name in node.input}
    kept = [table for table in graph.initializer if table.name in needed]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    return bytes(model.SerializeToString())
