"""What runs a network: ONNX Runtime, or OpenVINO where ``pip install onrecord[fast]`` brought it and the processor has AMX.

Measured on two cores: with AMX, OpenVINO in bfloat16 is twice as fast as ONNX Runtime in int8; without, a third slower.

An engine is called with the rows of its inputs, in order, and gives the outputs it was opened for. It may be called from
several threads at once; each call keeps to one core, so that as many reports are read side by side as there are cores.
"""

from __future__ import annotations

import os
import threading
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
    """A request a thread: OpenVINO's requests are not to be shared."""
    import openvino

    core, cores = openvino.Core(), os.cpu_count() or 1
    compiled = core.compile_model(core.read_model(in_floats(file)), "CPU", {"INFERENCE_NUM_THREADS": cores, "NUM_STREAMS": cores})
    here = threading.local()

    def run(rows: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
        if not hasattr(here, "request"):
            here.request = compiled.create_infer_request()
        found = here.request.infer(list(rows))
        return [found[compiled.output(name)].copy() for name in outputs]

    return run
