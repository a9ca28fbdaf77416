"""Writes the JSON Schemas of the formats beside this file: ``python docs/schemas.py``."""

from pathlib import Path

import msgspec

from onrecord import Account, Reading
from onrecord.records import Change, Judgement

for name, record in (("reading", Reading), ("account", Account), ("change", Change), ("judgement", Judgement)):
    schema = msgspec.json.format(msgspec.json.encode(msgspec.json.schema(record)), indent=1)
    (Path(__file__).parent / f"{name}.schema.json").write_bytes(schema + b"\n")
