"""Claims with stable ids, judgements, history, snapshots, search; reports and readings packed."""

import sqlalchemy as sa
from alembic import op

from onrecord.ledger.migrations.words import never_changed, word_index
from onrecord.ledger.packing import packed
from onrecord.ledger.reports import rows_of_first_version, searched_row

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    connection = op.get_bind()
    old_reports = connection.execute(sa.text("select body from report order by id")).scalars().all()
    old_readings = connection.execute(sa.text("select sha256, published, version, model, body from reading")).all()
    op.drop_table("report")
    op.drop_table("reading")
    _create()
    word_index(connection, "report_words")
    word_index(connection, "claim_words")
    never_changed(connection, "judgement", "history")
    reports = rows_of_first_version(old_reports)
    for table, rows in (
        ("report", reports),
        ("reading", [{**row._mapping, "body": packed(row.body)} for row in old_readings]),
        ("report_words", [searched_row(row["number"], row["body"]) for row in reports]),
    ):
        if rows:
            connection.execute(sa.insert(sa.table(table, *map(sa.column, rows[0]))), rows)


def _create() -> None:
    op.create_table(
        "actor",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("outlet", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("successor", sa.Integer()),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("actor_name", "actor", ["name"])
    op.create_table(
        "base",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text()),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "claim",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("successor", sa.Integer()),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("independent", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("denials", sa.Integer(), nullable=False),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("credibility_reason", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.Text()),
        sa.Column("last_seen", sa.Text()),
        sa.Column("event", sa.Text()),
        sa.Column("type", sa.Text()),
        sa.Column("quad", sa.Integer()),
        sa.Column("goldstein", sa.Float()),
        sa.Column("deed", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Integer()),
        sa.Column("recipient", sa.Integer()),
        sa.Column("place", sa.Text()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("claim_actor", "claim", ["actor"])
    op.create_index("claim_day", "claim", ["status", "first_seen"])
    op.create_index(
        "claim_rank",
        "claim",
        ["status", sa.literal_column("independent DESC"), sa.literal_column("reports DESC"), sa.literal_column("mentions DESC"), "number"],
    )
    op.create_index("claim_recipient", "claim", ["recipient"])
    op.create_index("claim_type", "claim", ["status", "type"])
    op.create_table(
        "disagreement",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("resolved", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("machine", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "history",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("other", sa.Integer()),
        sa.Column("judgement", sa.Integer()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_history_claim"), "history", ["claim"])
    op.create_table(
        "judgement",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text()),
        sa.Column("undoes", sa.Integer()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("token"),
    )
    op.create_table(
        "reading",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "published", "version", "model"),
    )
    op.create_table(
        "report",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("captured", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("bag", sa.LargeBinary()),
        sa.Column("placed", sa.Boolean(), nullable=False),
        sa.Column("outlet_actor", sa.Integer()),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("defects", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_report_outlet"), "report", ["outlet"])
    op.create_index(op.f("ix_report_sha256"), "report", ["sha256"])
    op.create_table(
        "snapshot",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_snapshot_at"), "snapshot", ["at"])
    op.create_table(
        "state", sa.Column("key", sa.Text(), nullable=False), sa.Column("value", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("key")
    )
    op.create_table(
        "copy",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["of"], ["report.number"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["report"], ["report.number"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("report", "of", "kind"),
    )
    op.create_index("copy_of", "copy", ["of"])
    op.create_table(
        "disputed",
        sa.Column("disagreement", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["base"], ["base.number"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["claim"], ["claim.number"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["disagreement"], ["disagreement.number"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("disagreement", "place"),
    )
    op.create_index(op.f("ix_disputed_base"), "disputed", ["base"])
    op.create_index(op.f("ix_disputed_claim"), "disputed", ["claim"])
    op.create_table(
        "mention",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("read_start", sa.Integer(), nullable=False),
        sa.Column("read_end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text()),
        sa.Column("source", sa.Integer()),
        sa.Column("read_source", sa.Integer()),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("doubt", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["base"], ["base.number"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["claim"], ["claim.number"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["report"], ["report.number"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_mention_base"), "mention", ["base"])
    op.create_index(op.f("ix_mention_claim"), "mention", ["claim"])
    op.create_index(op.f("ix_mention_report"), "mention", ["report"])
    op.create_index(op.f("ix_mention_source"), "mention", ["source"])
    op.create_index("mention_doubt", "mention", [sa.literal_column("doubt DESC")])
    op.create_table(
        "origin",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False),
        sa.Column("first_report", sa.Integer(), nullable=False),
        sa.Column("organization", sa.Text()),
        sa.Column("party", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.number"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["claim"], ["claim.number"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("claim", "place"),
    )
    op.create_index(op.f("ix_origin_actor"), "origin", ["actor"])
    op.create_table(
        "touched",
        sa.Column("judgement", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["judgement"], ["judgement.number"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("judgement", "base"),
    )
    op.create_index("touched_base", "touched", ["base"])
