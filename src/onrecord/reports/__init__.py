"""The ways in: files, folders, standard input, HTML. Everything becomes a Report, or a Report with a defect."""

from onrecord.reports.files import load, parse_rows

__all__ = ["load", "parse_rows"]
