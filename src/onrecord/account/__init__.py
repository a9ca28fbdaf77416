"""One account, many shapes."""
