"""Fails when a command, an option or a public name is not documented, or a schema is out of date."""

import json
import re
from pathlib import Path

import click
import msgspec
import pytest

import onrecord
from onrecord.cli.main import main
from onrecord.records import Change, Judgement

DOCS = Path(__file__).parent.parent / "docs"
COMMANDS = (DOCS / "commands.md").read_text(encoding="utf-8")


def test_every_command_and_option_is_documented() -> None:
    for name, command in main.commands.items():
        assert f"## onrecord {name}" in COMMANDS
        assert command.help and command.epilog
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"
                assert all(f"`{option}" in COMMANDS for option in parameter.opts), f"{name} {parameter.opts}"


def test_every_public_name_is_documented_and_has_a_docstring() -> None:
    text = (DOCS / "python.md").read_text(encoding="utf-8")
    for name in onrecord.__all__:
        if name != "__version__":
            assert f"`{name}" in text and getattr(onrecord, name).__doc__


def test_every_dependency_has_its_sentence() -> None:
    import tomllib

    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    text = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    for dependency in [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["postgresql"]]:
        assert re.split(r"[><=\[]", dependency)[0] in text


@pytest.mark.parametrize(
    ("name", "record"), [("reading", onrecord.Reading), ("account", onrecord.Account), ("change", Change), ("judgement", Judgement)]
)
def test_the_schemas_are_those_of_the_records(name: str, record: type) -> None:
    assert json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8")) == json.loads(
        msgspec.json.encode(msgspec.json.schema(record))
    )


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    for file in [*DOCS.glob("*.md"), *DOCS.parent.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", file.read_text(encoding="utf-8")):
            assert (file.parent / target).exists(), f"{file.name}: {target}"
