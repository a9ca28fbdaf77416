"""What runs a network: ONNX Runtime, on one core and one thread; cores are kept busy by processes, see ``workers``.

OpenVINO in bfloat16 was tried on processors with and without AMX and was no faster (benchmarks/RESULTS.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

Engine = Callable[[Sequence[NDArray[Any]]], list[NDArray[Any]]]


def open_engine(file: Path, outputs: Sequence[str]) -> Engine:
    """Opens an ONNX file. The engine is called with the rows of its inputs, in order, and gives the outputs it was opened for."""
    session = open_session(file, threads=1)
    names = [each.name for each in session.get_inputs()]
    return lambda rows: session.run(list(outputs), dict(zip(names, rows, strict=True)))


def open_session(file: Path, threads: int = 0) -> Any:
    """An ONNX Runtime session on the CPU; ``threads`` 0 lets it take every core."""
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
