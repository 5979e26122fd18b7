-- windows, quotas, guards, clocks and messages of submissions
CREATE TABLE process_setting (
    round        TEXT PRIMARY KEY REFERENCES round (id),
    returned     INTEGER NOT NULL CHECK (returned BETWEEN 0 AND 60),
    supplement   INTEGER NOT NULL CHECK (supplement BETWEEN 0 AND 60),
    query        INTEGER NOT NULL CHECK (query BETWEEN 0 AND 60),
    recheck      INTEGER NOT NULL CHECK (recheck BETWEEN 0 AND 60),
    notice       INTEGER NOT NULL CHECK (notice BETWEEN 0 AND 60),
    sample_proof INTEGER NOT NULL CHECK (sample_proof BETWEEN 0 AND 60),
    version      INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

-- The province's window has the region ''; a city's and a county's lie inside the one above.
CREATE TABLE submission_window (
    round        TEXT NOT NULL REFERENCES round (id),
    region       TEXT NOT NULL CHECK (region = '' OR region GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]'),
    opens_at_ms  INTEGER NOT NULL,
    closes_at_ms INTEGER NOT NULL CHECK (closes_at_ms > opens_at_ms),
    -- How many a city may recommend; NULL: as many as it likes.
    quota        INTEGER CHECK (quota IS NULL OR (quota BETWEEN 0 AND 10000 AND region GLOB '[0-9][0-9][0-9][0-9]00')),
    version      INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (round, region)
) STRICT, WITHOUT ROWID;

-- Every move of a submission, kept readable for those concerned; `version` is the submission's after it.
CREATE TABLE submission_event (
    round      TEXT NOT NULL,
    platform   TEXT NOT NULL,
    version    INTEGER NOT NULL CHECK (version >= 2),
    state_from TEXT NOT NULL,
    state_to   TEXT NOT NULL,
    action     TEXT NOT NULL,
    -- NULL: the system's clock.
    by         TEXT,
    at_ms      INTEGER NOT NULL,
    reason     TEXT,
    details    TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
    log_index  INTEGER,
    PRIMARY KEY (round, platform, version),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_event_by_action ON submission_event (round, action);

-- The first of two persons; void once the submission has moved on to another version.
CREATE TABLE submission_proposal (
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    version  INTEGER NOT NULL,
    action   TEXT NOT NULL,
    by       TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    reason   TEXT,
    details  TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
    PRIMARY KEY (round, platform, version, action, by),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
    account TEXT PRIMARY KEY REFERENCES account (id),
    mail    TEXT CHECK (mail IS NULL OR length(mail) BETWEEN 3 AND 254),
    phone   TEXT CHECK (phone IS NULL OR length(phone) BETWEEN 5 AND 20)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    id       INTEGER PRIMARY KEY,
    code     TEXT NOT NULL CHECK (code <> ''),
    "values" TEXT NOT NULL CHECK (json_valid("values")),
    round    TEXT REFERENCES round (id),
    platform TEXT,
    address  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL
) STRICT;

CREATE TABLE message_reader (
    account    TEXT NOT NULL REFERENCES account (id),
    message    INTEGER NOT NULL REFERENCES message (id),
    read_at_ms INTEGER,
    PRIMARY KEY (account, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_unread ON message_reader (account, message) WHERE read_at_ms IS NULL;

-- One row a letter; a work chat has one row a message.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,
    message    INTEGER NOT NULL REFERENCES message (id),
    channel    TEXT NOT NULL CHECK (channel IN ('mail', 'webhook')),
    mail       TEXT CHECK ((mail IS NULL) = (channel = 'webhook')),
    phones     TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(phones)),
    state      TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead')),
    attempts   INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_at_ms INTEGER NOT NULL,
    last_error TEXT NOT NULL DEFAULT '',
    sent_at_ms INTEGER CHECK ((sent_at_ms IS NOT NULL) = (state = 'sent'))
) STRICT;
CREATE INDEX outbox_due ON outbox (channel, next_at_ms) WHERE state = 'waiting';
CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead';
