"""Exports a trained judge: ``python -m training.judge_export judge.pt … --encoder FOLDER --to src/onrecord/weights``.

In int8, as the reader's network; of several checkpoints of one run the mean is exported.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch

from onrecord.story.judge import JUDGE
from training.export import quantize
from training.judge import Judge

AXES = {
    "ids": {1: "n"}, "places": {1: "n"}, "segments": {1: "n"}, "pools": {1: "m", 2: "n"},
    "same": {1: "m", 2: "m"}, "kind": {1: "m", 2: "m"}, "stance": {1: "m"},
}  # fmt: skip


def main() -> None:
    options = _arguments()
    model = Judge(options.encoder, options.joint, tuple(options.layers) or None)
    checkpoints = [torch.load(file) for file in options.weights]
    model.load_state_dict({name: sum(c[name] for c in checkpoints) / len(checkpoints) for name in checkpoints[0]})
    model.eval()
    ids = torch.ones(1, 12, dtype=torch.long)
    segments = torch.tensor([[0] * 6 + [1] * 6])
    example = (ids, torch.arange(6).repeat(2)[None], segments, torch.full((1, 2, 12), 1 / 12))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model, example, plain, input_names=list(AXES)[:4], output_names=list(AXES)[4:], dynamic_axes=AXES, opset_version=17,
            dynamo=False,
        )  # fmt: skip
        if options.float:
            plain.rename(options.to / JUDGE)
        else:
            quantize(plain, options.to / JUDGE)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--joint", type=int, default=0)
    parser.add_argument("--layers", type=int, nargs="*", default=[])
    parser.add_argument("--float", action="store_true", help="keep float32, to measure what int8 costs")
    return parser.parse_args()


if __name__ == "__main__":
    main()
