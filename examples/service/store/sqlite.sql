-- The log. The JSON of an event is kept byte for byte.
CREATE TABLE IF NOT EXISTS events (
    product TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    data    TEXT    NOT NULL,
    request TEXT, -- of the first event of a request that is made once
    PRIMARY KEY (product, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS events_request ON events (product, request) WHERE request IS NOT NULL;

CREATE TABLE IF NOT EXISTS snapshots (
    product TEXT    NOT NULL PRIMARY KEY,
    seq     INTEGER NOT NULL,
    data    BLOB    NOT NULL
);

-- Who was ever given a role in which product.
CREATE TABLE IF NOT EXISTS members (
    person  TEXT NOT NULL,
    product TEXT NOT NULL,
    PRIMARY KEY (person, product)
) WITHOUT ROWID;

-- Tokens, of which only hashes are kept. One that was made from another goes with it.
CREATE TABLE IF NOT EXISTS tokens (
    hash    TEXT    NOT NULL PRIMARY KEY,
    person  TEXT    NOT NULL,
    parent  TEXT,
    expires INTEGER NOT NULL -- seconds since 1970
);
CREATE INDEX IF NOT EXISTS tokens_parent ON tokens (parent);
CREATE INDEX IF NOT EXISTS tokens_person ON tokens (person);

-- The stories of each product in their order, if the service has -projection: ORDER BY rank.
CREATE TABLE IF NOT EXISTS stories (
    product  TEXT NOT NULL,
    story    TEXT NOT NULL,
    rank     TEXT NOT NULL,
    key      TEXT NOT NULL,
    title    TEXT NOT NULL,
    status   TEXT NOT NULL,
    team     TEXT NOT NULL,
    feature  TEXT NOT NULL,
    points   NUMERIC, -- none without an estimate
    assignee TEXT NOT NULL,
    PRIMARY KEY (product, story)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stories_rank ON stories (product, rank);

-- Up to which event the rows of a product are.
CREATE TABLE IF NOT EXISTS projections (
    product TEXT   NOT NULL PRIMARY KEY,
    seq     INTEGER NOT NULL
);
