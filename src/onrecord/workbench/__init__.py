"""The web application: where people look, check, correct and sign."""

from onrecord.workbench.app import Workbench, application

__all__ = ["Workbench", "application"]
