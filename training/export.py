"""Exports trained weights for the reader: ``python -m training.export WEIGHTS.pt --minilm FOLDER --to src/onrecord/weights``.

ONNX, matrix products in int8 (per channel, activations quantized as they come), the embedding table in int8 too.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.model import Tagger


def main() -> None:
    options = _arguments()
    model = Tagger(options.minilm)
    model.load_state_dict(torch.load(options.weights))
    model.eval()
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        export(model, plain, ("ids", "mask", "kinds"), "scores")
        if options.float:
            plain.rename(options.to / "tagger.onnx")
        else:
            quantize(plain, options.to / "tagger.onnx")
    tokenizer = json.loads((options.minilm / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (options.to / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


def export(model: torch.nn.Module, file: Path, inputs: tuple[str, ...], output: str) -> None:
    """Writes a model of (batch, length) integer inputs as ONNX."""
    axes = {name: {0: "batch", 1: "length"} for name in (*inputs, output)}
    example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in inputs)
    torch.onnx.export(model, example, file, input_names=list(inputs), output_names=[output], dynamic_axes=axes, opset_version=17, dynamo=False)


def quantize(plain: Path, file: Path) -> None:
    """Dynamic int8, one scale a channel."""
    quantize_dynamic(
        plain, file, per_channel=True, reduce_range=False, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"]
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="keep float32, to measure what int8 costs")
    return parser.parse_args()


if __name__ == "__main__":
    main()
