"""Exports trained weights for the reader: ``python -m training.export WEIGHTS.pt … --minilm FOLDER --to src/onrecord/weights``.

Of several checkpoints of one run the mean is exported. ONNX, matrix products in int8 (per channel, activations quantized as they
come), the embedding table in int8 too. What is a choice between labels or pieces is made in the graph, so that only what is
weighed further (tags, links, vectors of mentions) leaves it as scores.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.reading.encoder import HEADS, LINKS, NETWORK, OUTPUTS, PRICES
from training.model import BARRED, CHAINS, SIDES, Network

CHOSEN = ("upos", "form", "entity")


class Exported(torch.nn.Module):
    """ids, kinds, sentences: (1, n) → ``OUTPUTS`` of the reader's encoder, each (1, n, …)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, kinds: torch.Tensor, sentences: torch.Tensor) -> tuple[torch.Tensor, ...]:
        net = self.network
        vectors = net(ids, None, kinds)
        found = {task: layer(vectors) for task, layer in net.linear.items()}
        found |= {task: found[task].argmax(-1) for task in CHOSEN}
        arcs = torch.nn.functional.pad(net.arcs(vectors, sentences).log_softmax(-1), (0, HEADS), value=BARRED)  # a text may be shorter
        found["arc_chance"], heads = arcs.topk(HEADS)
        found["arc"] = heads.clamp(max=vectors.shape[1] - 1)
        found["relation"] = torch.stack([net.relations(vectors, found["arc"][..., way]).argmax(-1) for way in range(HEADS)], -1)
        found |= {task: net.pointing[task](vectors).argmax(-1) for task in ("first", "last")}
        for side in SIDES:
            found[f"{side}_chance"], found[side] = net.pointing[side](vectors).softmax(-1).max(-1)
        found |= {task: net.pointing[task](vectors).softmax(-1) for task in LINKS}
        found |= {"anaphor": net.anaphor(vectors), "antecedent": net.antecedent(vectors)}
        return tuple(found[name] for name in OUTPUTS)


def main() -> None:
    options = _arguments()
    model = Network(options.minilm)
    checkpoints = [torch.load(file) for file in options.weights]
    model.load_state_dict({name: sum(c[name] for c in checkpoints) / len(checkpoints) for name in checkpoints[0]})
    model.eval()
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        export(Exported(model), plain, ("ids", "kinds", "sentences"), OUTPUTS)
        name_weights(plain, model)
        if options.float:
            plain.rename(options.to / NETWORK)
        else:
            quantize(plain, options.to / NETWORK)
    prices = {"pairs": model.pairs, "far": model.far, **model.moves}
    rounded = {name: np.round(values.detach().numpy().astype(float), 3).tolist() for name, values in prices.items()}
    (options.to / PRICES).write_text(json.dumps(rounded), encoding="utf-8")
    tokenizer = json.loads((options.minilm / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (options.to / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


def export(model: torch.nn.Module, file: Path, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
    """Writes a model of (batch, length) integer inputs as ONNX."""
    axes = {name: {0: "batch", 1: "length"} for name in inputs}
    axes |= {name: {0: "batch", 1: "length"} | ({2: "length"} if name in LINKS else {}) for name in outputs}
    example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in inputs)
    torch.onnx.export(
        model, example, file, input_names=list(inputs), output_names=list(outputs), dynamic_axes=axes, opset_version=17, dynamo=False
    )


def name_weights(file: Path, model: torch.nn.Module) -> None:
    """Gives each matrix its name in the network, so that ``restored`` finds it again; the exporter numbers those it turns."""
    graph_of = onnx.load(file)
    names = {value.detach().numpy().T.tobytes(): name for name, value in model.named_parameters() if value.ndim == 2}
    renamed = {t.name: names[t.raw_data] for t in graph_of.graph.initializer if t.name.startswith("onnx::") and t.raw_data in names}
    for tensor in graph_of.graph.initializer:
        tensor.name = renamed.get(tensor.name, tensor.name)
    for node in graph_of.graph.node:
        for at, name in enumerate(node.input):
            node.input[at] = renamed.get(name, name)
    onnx.save(graph_of, file)


def restored(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of a network that was exported to a folder, out of int8, to go on training from."""
    found = {name.removeprefix("network."): values for name, values in weights_in(folder / NETWORK).items()}
    prices = json.loads((folder / PRICES).read_text(encoding="utf-8"))
    return found | {name: torch.tensor(prices[name]) for name in ("pairs", "far")} | {f"moves.{t}": torch.tensor(prices[t]) for t in CHAINS}


def weights_in(file: Path) -> dict[str, torch.Tensor]:
    """The named weights of an ONNX file, out of int8."""
    tables = {t.name: onnx.numpy_helper.to_array(t) for t in onnx.load(file).graph.initializer}
    found = {}
    for name, values in tables.items():
        plain, _, kind = name.rpartition("_")
        if kind == "quantized":
            zero, scale = tables[f"{plain}_zero_point"], tables[f"{plain}_scale"]
            found[plain] = torch.from_numpy((values.astype(np.float32) - zero) * scale).T.contiguous()
        elif kind == "int8":
            found[plain] = torch.from_numpy(values.astype(np.float32) * tables[f"{plain}_scale"])
        elif values.dtype == np.float32:
            found[name] = torch.from_numpy(values.copy())
    return found


def quantize(plain: Path, file: Path) -> None:
    """Dynamic int8 matrix products, one scale a channel; the word embeddings in int8, one scale a row.

    Seven-bit weights (``reduce_range``), meant for processors without VNNI, were half a point of F1 worse even there.
    """
    quantize_dynamic(plain, file, per_channel=True, reduce_range=False, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"])
    model = onnx.load(file)
    _shrink_embeddings(model.graph)
    onnx.save(model, file)


def _shrink_embeddings(graph: onnx.GraphProto) -> None:
    tables = {t.name: t for t in graph.initializer if t.data_type == onnx.TensorProto.FLOAT and len(t.dims) == 2 and t.dims[0] > 10_000}
    for number, node in enumerate(list(graph.node)):
        if node.op_type != "Gather" or node.input[0] not in tables:
            continue
        table = onnx.numpy_helper.to_array(tables[node.input[0]])
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-9) / 127
        name, out = node.input[0], node.output[0]
        graph.initializer.remove(tables[name])
        graph.initializer.extend(
            [
                onnx.numpy_helper.from_array(np.round(table / scale).astype(np.int8), f"{name}_int8"),
                onnx.numpy_helper.from_array(scale.astype(np.float32), f"{name}_scale"),
            ]
        )
        made = [
            onnx.helper.make_node("Gather", [f"{name}_int8", node.input[1]], [f"{out}_int8"]),
            onnx.helper.make_node("Cast", [f"{out}_int8"], [f"{out}_cast"], to=onnx.TensorProto.FLOAT),
            onnx.helper.make_node("Gather", [f"{name}_scale", node.input[1]], [f"{out}_scale"]),
            onnx.helper.make_node("Mul", [f"{out}_cast", f"{out}_scale"], [out]),
        ]
        graph.node.remove(node)
        for place, each in enumerate(made):
            graph.node.insert(number + place, each)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="keep float32, to measure what int8 costs")
    return parser.parse_args()


if __name__ == "__main__":
    main()
