"""How is a store laid out? Sessions, streams of records, tokens by their hashes, and who is connected where."""

from typing import Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData()

sessions: Final = sa.Table(
    "sessions",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("code", sa.String(16), nullable=False, unique=True),
    sa.Column("created", sa.Float, nullable=False),
)

streams: Final = sa.Table(
    "streams",
    METADATA,
    sa.Column("session", sa.String(64), primary_key=True),
    sa.Column("stream", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("size", sa.Integer, nullable=False),
)

records: Final = sa.Table(
    "records",
    METADATA,
    sa.Column("session", sa.String(64), primary_key=True),
    sa.Column("stream", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("key", sa.String(160)),
    sa.Column("answer", sa.Text),
    sa.Column("body", sa.Text, nullable=False),
    sa.UniqueConstraint("session", "stream", "key"),
)

tokens: Final = sa.Table(
    "tokens",
    METADATA,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("session", sa.String(64), nullable=False, index=True),
    sa.Column("participant", sa.String(64), nullable=False),
)

hosts: Final = sa.Table(
    "hosts",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)
"""Processes that share the store, and when each last said that it is alive, by the database's clock."""

devices: Final = sa.Table(
    "devices",
    METADATA,
    sa.Column("host", sa.String(64), primary_key=True),
    sa.Column("session", sa.String(64), primary_key=True),
    sa.Column("participant", sa.String(64), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)
"""How many devices of each participant are connected to which process."""
