"""The tables of a ledger, for SQLite and PostgreSQL alike (SQLAlchemy Core).

What came in and what people decided is kept for ever: ``report``, ``reading``, ``judgement``, ``snapshot``, ``history``. What is told from
it is told anew: ``base`` and ``mention.base`` are the claims as the machine made them, ``claim`` and ``mention.claim`` as they are after
the judgements. Claims and machine claims share one numbering, and no number is ever given twice.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Dialect, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator

REVISION = "0002"  # of the newest migration; a test holds it to be that
APPLICATION = 0x6F6E7265  # "onre", SQLite's application_id of a ledger


class Words(TypeDecorator[str]):
    """Text of any kind; U+0000, which PostgreSQL cannot hold, becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value.replace("\0", "\ufffd") if value else value


metadata = MetaData()


def _in(column: str) -> ForeignKey:
    """A reference that is checked at the end of the transaction, since a rebuild writes its rows anew in any order."""
    return ForeignKey(column, deferrable=True, initially="DEFERRED")


report = Table(
    "report",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),  # the Report as JSON, packed
    Column("title", Words),
    Column("outlet", Words, index=True),
    Column("published", Text),
    Column("captured", Text, nullable=False),  # when it was added, UTC
    Column("extractor", Text, nullable=False),  # which program made text of the file
    Column("bag", LargeBinary),  # which telling words it has, see ``nearness``
    Column("placed", Boolean, nullable=False, default=False),  # are its claims told?
    Column("outlet_actor", Integer),
    Column("words", Integer, nullable=False, default=0),
    Column("defects", Words, nullable=False, default="[]"),  # of its reading, JSON
)

reading = Table(
    "reading",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("published", Text, primary_key=True),  # the day that its times hang on
    Column("version", Text, primary_key=True),
    Column("model", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

base = Table(
    "base",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("event", Words),
    Column("withdrawn", Boolean, nullable=False, default=False),
)

claim = Table(
    "claim",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("status", Text, nullable=False),  # standing, rejected, merged (into successor), gone
    Column("successor", Integer),
    Column("created", Text, nullable=False),
    Column("statement", Words, nullable=False),
    Column("independent", Integer, nullable=False, default=0),
    Column("reports", Integer, nullable=False, default=0),
    Column("outlets", Integer, nullable=False, default=0),
    Column("mentions", Integer, nullable=False, default=0),
    Column("denials", Integer, nullable=False, default=0),
    Column("credibility", Integer, nullable=False, default=6),
    Column("credibility_reason", Words, nullable=False, default=""),
    Column("signed_by", Words),
    Column("confidence", Float, nullable=False, default=1.0),
    Column("open", Integer, nullable=False, default=0),  # disagreements that are not settled
    Column("first_seen", Text),
    Column("last_seen", Text),
    Column("event", Words),
    Column("type", Text),
    Column("quad", Integer),
    Column("goldstein", Float),
    Column("deed", Boolean, nullable=False, default=False),  # an event put as having happened, other than a statement
    Column("actor", Integer),
    Column("recipient", Integer),
    Column("place", Words),
    Column("lat", Float),
    Column("lon", Float),
)
Index("claim_rank", claim.c.status, claim.c.independent.desc(), claim.c.reports.desc(), claim.c.mentions.desc(), claim.c.number)
Index("claim_day", claim.c.status, claim.c.first_seen)
Index("claim_type", claim.c.status, claim.c.type)
Index("claim_actor", claim.c.actor)
Index("claim_recipient", claim.c.recipient)

mention = Table(
    "mention",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("base", Integer, _in("base.number"), nullable=False, index=True),
    Column("claim", Integer, _in("claim.number"), nullable=False, index=True),
    Column("report", Integer, _in("report.number"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("read_start", Integer, nullable=False),  # as the reading has it; start and end may have been corrected
    Column("read_end", Integer, nullable=False),
    Column("words", Words, nullable=False),
    Column("attribution", Text),
    Column("source", Integer, index=True),
    Column("read_source", Integer),
    Column("via", Text, nullable=False),  # numbers of actors, JSON
    Column("stance", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("reviewed", Boolean, nullable=False, default=False),
    Column("doubt", Float, nullable=False, default=0.0),  # what puts it into the review queue: unsure × many outlets
)
Index("mention_doubt", mention.c.doubt.desc())

origin = Table(
    "origin",
    metadata,
    Column("claim", Integer, _in("claim.number"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("actor", Integer, _in("actor.number"), nullable=False, index=True),
    Column("first_report", Integer, nullable=False),
    Column("organization", Words),
    Column("party", Boolean, nullable=False, default=False),
)

actor = Table(
    "actor",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the StoryActor as JSON, packed
    Column("outlet", Boolean, nullable=False, default=False),
    Column("status", Text, nullable=False),  # standing, merged (into successor), gone
    Column("successor", Integer),
)
Index("actor_name", actor.c.name)

disagreement = Table(
    "disagreement",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("resolved", Text, nullable=False),
    Column("explanation", Words, nullable=False),
    Column("standing", Boolean, nullable=False, default=True),
    Column("machine", Boolean, nullable=False, default=True),
)

disputed = Table(
    "disputed",
    metadata,
    Column("disagreement", Integer, _in("disagreement.number"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("base", Integer, _in("base.number"), nullable=False, index=True),
    Column("claim", Integer, _in("claim.number"), nullable=False, index=True),
)

copy = Table(
    "copy",
    metadata,
    Column("report", Integer, _in("report.number"), primary_key=True),
    Column("of", Integer, _in("report.number"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("share", Float, nullable=False),
)
Index("copy_of", copy.c.of)

judgement = Table(
    "judgement",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("by", Words, nullable=False),
    Column("claim", Text),
    Column("undoes", Integer),
    Column("body", Words, nullable=False),  # the Judgement as JSON
)

touched = Table(  # which machine claims a judgement concerns
    "touched",
    metadata,
    Column("judgement", Integer, _in("judgement.number"), primary_key=True),
    Column("base", Integer, primary_key=True),
)
Index("touched_base", touched.c.base)

history = Table(
    "history",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("claim", Integer, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),  # counted, merged, split, gone, judged
    Column("other", Integer),
    Column("judgement", Integer),
    Column("note", Words, nullable=False, default=""),
)

snapshot = Table(
    "snapshot",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("reports", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the Account as JSON, packed
)

state = Table(
    "state",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Words, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("name", Words, primary_key=True),
    Column("role", Text, nullable=False),  # reader, reviewer
    Column("token", Text, nullable=False, unique=True),  # sha256 of it
    Column("created", Text, nullable=False),
)

report_words = Table("report_words", MetaData(), Column("rowid", Integer, primary_key=True), Column("body", Words))
claim_words = Table("claim_words", MetaData(), Column("rowid", Integer, primary_key=True), Column("body", Words))
