-- Item lists row by row: a row is there from the version in which it was written until the one that took it out.
-- Version 3 of a list are the rows with since <= 3 and no until or one above 3; item_list counts the good ones.
CREATE TABLE sheet (
    id          INTEGER PRIMARY KEY,
    round       TEXT NOT NULL,
    platform    TEXT NOT NULL,
    indicator   TEXT NOT NULL CHECK (indicator <> ''),
    -- No row has had it.
    next_number INTEGER NOT NULL CHECK (next_number >= 2),
    UNIQUE (round, platform, indicator),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE TABLE sheet_row (
    sheet     INTEGER NOT NULL REFERENCES sheet (id),
    number    INTEGER NOT NULL CHECK (number >= 1),
    since     INTEGER NOT NULL CHECK (since >= 1),
    until     INTEGER CHECK (until > since),
    standing  TEXT NOT NULL CHECK (standing IN ('good', 'repeat', 'faulty')),
    key       TEXT NOT NULL,
    fields    TEXT NOT NULL CHECK (json_valid(fields)),
    -- What tells of a person: AES-256-GCM under a key outside the data folder.
    sealed    BLOB,
    origin    TEXT NOT NULL CHECK (origin IN ('typed', 'copied', 'prefilled', 'imported')),
    source    TEXT NOT NULL,
    reference TEXT NOT NULL,
    PRIMARY KEY (sheet, number, since)
) STRICT, WITHOUT ROWID;

-- One present row a number.
CREATE UNIQUE INDEX sheet_row_present ON sheet_row (sheet, number) WHERE until IS NULL;
CREATE INDEX sheet_row_standing ON sheet_row (sheet, standing) WHERE until IS NULL;
CREATE INDEX sheet_row_key ON sheet_row (sheet, key) WHERE until IS NULL AND key <> '';
CREATE INDEX sheet_row_reference ON sheet_row (sheet, reference) WHERE reference <> '';
CREATE INDEX sheet_row_until ON sheet_row (sheet, until) WHERE until IS NOT NULL;
CREATE INDEX sheet_row_since ON sheet_row (sheet, since) WHERE until IS NULL;

-- Batches of row edits that have been applied, so that one sent twice changes nothing.
CREATE TABLE sheet_batch (
    sheet   INTEGER NOT NULL REFERENCES sheet (id),
    batch   TEXT NOT NULL CHECK (batch <> ''),
    version INTEGER NOT NULL,
    PRIMARY KEY (sheet, batch)
) STRICT, WITHOUT ROWID;

INSERT INTO sheet (round, platform, indicator, next_number)
SELECT l.round, l.platform, l.indicator, max(2, 1 + coalesce(max(i.number), 1))
FROM item_list l LEFT JOIN item i ON i.list = l.id
GROUP BY l.round, l.platform, l.indicator;

INSERT INTO sheet_row (sheet, number, since, until, standing, key, fields, sealed, origin, source, reference)
SELECT s.id, i.number, l.version,
       (SELECT min(n.version) FROM item_list n
        WHERE n.round = l.round AND n.platform = l.platform AND n.indicator = l.indicator AND n.version > l.version),
       'good', '', i.fields, i.sealed, 'imported', '', ''
FROM item i
JOIN item_list l ON l.id = i.list
JOIN sheet s ON s.round = l.round AND s.platform = l.platform AND s.indicator = l.indicator;

DROP TABLE item;

-- The rows that count, of every version.
CREATE VIEW item (list, number, since, fields, sealed) AS
SELECT l.id, r.number, r.since, r.fields, r.sealed
FROM item_list l
JOIN sheet s ON s.round = l.round AND s.platform = l.platform AND s.indicator = l.indicator
JOIN sheet_row r ON r.sheet = s.id AND r.since <= l.version AND (r.until IS NULL OR r.until > l.version)
WHERE r.standing = 'good';

