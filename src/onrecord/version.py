"""The version, where both the build and the program find it."""

VERSION = "0.1.0"
