"""Exports a trained judge: ``python -m training.judge_export judge.pt … --encoder FOLDER --to src/onrecord/weights``.

In int8, as the reader's network; of several checkpoints of one run the mean is exported.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import torch

from onrecord.story.judge import LOWER, UPPER
from training.export import name_weights, quantize, weights_in
from training.judge import Judge

LOWER_AXES = {"ids": {1: "n"}, "vectors": {1: "n"}}
UPPER_AXES = {
    "hidden": {1: "n"}, "places": {1: "n"}, "segments": {1: "n"}, "pools": {1: "m", 2: "n"},
    "same": {1: "m", 2: "m"}, "kind": {1: "m", 2: "m"}, "stance": {1: "m"},
}  # fmt: skip
Axes = dict[str, dict[int, str]]


class _Lower(torch.nn.Module):
    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.judge.lower(ids, torch.ones_like(ids))


class _Upper(torch.nn.Module):
    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, hidden: torch.Tensor, places: torch.Tensor, segments: torch.Tensor, pools: torch.Tensor) -> tuple[torch.Tensor, ...]:
        return self.judge.upper(hidden, places, segments, pools)


def main() -> None:
    options = _arguments()
    model = Judge(options.encoder, options.joint, tuple(options.layers) or None)
    checkpoints = [torch.load(file) for file in options.weights]
    model.load_state_dict({name: sum(c[name] for c in checkpoints) / len(checkpoints) for name in checkpoints[0]})
    model.eval()
    ids, places = torch.ones(1, 12, dtype=torch.long), torch.arange(6).repeat(2)[None]
    segments, pools = torch.tensor([[0] * 6 + [1] * 6]), torch.full((1, 2, 12), 1 / 12)
    _write(_Lower(model), (ids,), LOWER_AXES, 1, options.to / LOWER, options.float)
    hidden = torch.zeros(1, 12, model.encoder.config.hidden_size)
    _write(_Upper(model), (hidden, places, segments, pools), UPPER_AXES, 4, options.to / UPPER, options.float)


def _write(model: torch.nn.Module, example: tuple[torch.Tensor, ...], axes: Axes, inputs: int, file: Path, plainly: bool) -> None:
    names = list(axes)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model,
            example,
            plain,
            input_names=names[:inputs],
            output_names=names[inputs:],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        name_weights(plain, model)
        if plainly:
            shutil.move(plain, file)
        else:
            quantize(plain, file)


def restored(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of a judge that was exported to a folder, out of int8, to go on training from."""
    found = weights_in(folder / LOWER) | weights_in(folder / UPPER)
    return {name.removeprefix("judge."): values for name, values in found.items()}


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
