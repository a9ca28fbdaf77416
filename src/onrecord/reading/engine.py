"""What runs a network: ONNX Runtime, or OpenVINO where ``pip install onrecord[fast]`` brought it and the processor has AMX.

OpenVINO in bfloat16 is reported to be twice as fast as ONNX Runtime in int8 on two cores with AMX; without AMX it was measured to be
slower (benchmarks/RESULTS.md).

An engine is called with the rows of its inputs, in order, and gives the outputs it was opened for. It keeps to one core and one
thread; cores are kept busy by processes, see ``workers``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from onrecord.reading.floats import in_floats

Engine = Callable[[Sequence[NDArray[Any]]], list[NDArray[Any]]]


def open_engine(file: Path, outputs: Sequence[str]) -> Engine:
    """Opens an ONNX file with the fastest engine there is."""
    fast = find_spec("openvino") and find_spec("onnx") and _multiplies_tiles()
    return _openvino(file, outputs) if fast else _onnxruntime(file, outputs)


def _multiplies_tiles() -> bool:
    """Has the processor AMX, as Linux tells it?"""
    try:
        return "amx_bf16" in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


def _onnxruntime(file: Path, outputs: Sequence[str]) -> Engine:
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


def _openvino(file: Path, outputs: Sequence[str]) -> Engine:
    import openvino

    core = openvino.Core()
    compiled = core.compile_model(core.read_model(in_floats(file)), "CPU", {"INFERENCE_NUM_THREADS": 1})
    request = compiled.create_infer_request()

    def run(rows: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
        found = request.infer(list(rows))
        return [found[compiled.output(name)].copy() for name in outputs]

    return run
