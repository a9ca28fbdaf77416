"""Reports and readings: the ledger of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "reading",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("sha256", "published", "version", "model")),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
