-- panel, telling, public notice, objections and corrections

-- Files of this area by digest; what they belong to stands beside them: minutes:ID, recheck:ROUND/PLATFORM, objection:ID.
CREATE TABLE panel_file (
    owner   TEXT NOT NULL CHECK (owner <> ''),
    digest  BLOB NOT NULL CHECK (length(digest) = 32),
    name    TEXT NOT NULL CHECK (name <> ''),
    type    TEXT NOT NULL CHECK (type <> ''),
    size    INTEGER NOT NULL CHECK (size > 0),
    account TEXT,
    at_ms   INTEGER NOT NULL,
    PRIMARY KEY (owner, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX panel_file_by_digest ON panel_file (digest);

CREATE TABLE panel_minutes (
    id        TEXT PRIMARY KEY CHECK (id <> ''),
    round     TEXT NOT NULL REFERENCES round (id),
    number    TEXT NOT NULL CHECK (number <> ''),
    held_on   TEXT NOT NULL CHECK (held_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    present   TEXT NOT NULL CHECK (present <> ''),
    note      TEXT NOT NULL,
    account   TEXT NOT NULL CHECK (account <> ''),
    at_ms     INTEGER NOT NULL,
    log_index INTEGER NOT NULL CHECK (log_index >= 0),
    UNIQUE (round, number)
) STRICT;

-- What the panel or an approver decided of a platform, in order; the computation is the one they had before them.
CREATE TABLE panel_decision (
    round       TEXT NOT NULL,
    platform    TEXT NOT NULL,
    version     INTEGER NOT NULL CHECK (version >= 1),
    outcome     TEXT NOT NULL CHECK (outcome IN ('settled', 'disqualified')),
    minutes     TEXT REFERENCES panel_minutes (id),
    computation INTEGER,
    reason      TEXT NOT NULL,
    account     TEXT NOT NULL,
    at_ms       INTEGER NOT NULL,
    log_index   INTEGER NOT NULL CHECK (log_index >= 0),
    PRIMARY KEY (round, platform, version),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

-- The company was told its result; until last_day it may ask for a recheck, once in a round.
CREATE TABLE telling (
    round          TEXT NOT NULL,
    platform       TEXT NOT NULL,
    version        INTEGER NOT NULL CHECK (version >= 1),
    at_ms          INTEGER NOT NULL,
    days           INTEGER NOT NULL CHECK (days BETWEEN 0 AND 60),
    last_day       TEXT NOT NULL CHECK (last_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    computation    INTEGER,
    accepted_by    TEXT,
    accepted_at_ms INTEGER CHECK ((accepted_at_ms IS NULL) = (accepted_by IS NULL)),
    PRIMARY KEY (round, platform, version),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

CREATE TABLE recheck (
    round     TEXT NOT NULL,
    platform  TEXT NOT NULL,
    reason    TEXT NOT NULL CHECK (reason <> ''),
    account   TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    log_index INTEGER NOT NULL CHECK (log_index >= 0),
    PRIMARY KEY (round, platform),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

CREATE TABLE recheck_cell (
    round          TEXT NOT NULL,
    platform       TEXT NOT NULL,
    indicator      TEXT NOT NULL CHECK (indicator <> ''),
    reason         TEXT NOT NULL CHECK (reason <> ''),
    before_version INTEGER NOT NULL CHECK (before_version >= 0),
    before_figures TEXT NOT NULL,
    answer         TEXT CHECK (answer <> ''),
    after_figures  TEXT CHECK ((after_figures IS NULL) = (answer IS NULL)),
    answered_by    TEXT CHECK ((answered_by IS NULL) = (answer IS NULL)),
    answered_at_ms INTEGER CHECK ((answered_at_ms IS NULL) = (answer IS NULL)),
    log_index      INTEGER,
    PRIMARY KEY (round, platform, indicator),
    FOREIGN KEY (round, platform) REFERENCES recheck (round, platform)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice_contacts (
    round            TEXT PRIMARY KEY REFERENCES round (id),
    office           TEXT NOT NULL CHECK (office <> ''),
    office_phone     TEXT NOT NULL CHECK (office_phone <> ''),
    inspection       TEXT NOT NULL CHECK (inspection <> ''),
    inspection_phone TEXT NOT NULL CHECK (inspection_phone <> ''),
    mail             TEXT NOT NULL,
    address          TEXT NOT NULL,
    version          INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

-- The first notice and each one after an upheld objection.
CREATE TABLE public_notice (
    round       TEXT NOT NULL REFERENCES round (id),
    number      INTEGER NOT NULL CHECK (number >= 1),
    days        INTEGER NOT NULL CHECK (days BETWEEN 0 AND 60),
    starts_on   TEXT NOT NULL CHECK (starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    ends_on     TEXT NOT NULL CHECK (ends_on >= starts_on),
    computation INTEGER NOT NULL CHECK (computation >= 1),
    account     TEXT NOT NULL,
    at_ms       INTEGER NOT NULL,
    log_index   INTEGER NOT NULL CHECK (log_index >= 0),
    PRIMARY KEY (round, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE objection (
    id                 TEXT PRIMARY KEY CHECK (length(id) = 32),
    round              TEXT NOT NULL,
    number             INTEGER NOT NULL CHECK (number >= 1),
    notice             INTEGER NOT NULL,
    platform           TEXT NOT NULL,
    indicator          TEXT,
    facts              TEXT NOT NULL CHECK (facts <> ''),
    state              TEXT NOT NULL CHECK (state IN ('received', 'not-accepted', 'accepted', 'upheld', 'dismissed')),
    at_ms              INTEGER NOT NULL,
    contact_proof      TEXT CHECK (contact_proof IN ('code', 'call')),
    contact_note       TEXT NOT NULL DEFAULT '',
    refusal            TEXT CHECK ((refusal IS NOT NULL) = (state = 'not-accepted')),
    decision_reason    TEXT CHECK ((decision_reason IS NULL) = (state = 'received')),
    decided_by         TEXT CHECK ((decided_by IS NULL) = (state = 'received')),
    decided_at_ms      INTEGER CHECK ((decided_at_ms IS NULL) = (state = 'received')),
    heard              TEXT,
    heard_at_ms        INTEGER CHECK ((heard_at_ms IS NULL) = (heard IS NULL)),
    letter_number      TEXT,
    letter             TEXT CHECK ((letter IS NOT NULL) = (state IN ('upheld', 'dismissed'))),
    answered_by        TEXT CHECK ((answered_by IS NULL) = (letter IS NULL)),
    answered_at_ms     INTEGER CHECK ((answered_at_ms IS NULL) = (letter IS NULL)),
    computation_before INTEGER,
    version            INTEGER NOT NULL CHECK (version >= 1),
    log_index          INTEGER NOT NULL CHECK (log_index >= 0),
    UNIQUE (round, number),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;
CREATE INDEX objection_by_round ON objection (round, state, number);
CREATE INDEX objection_by_time ON objection (round, at_ms);

-- Who objects: the one table with personal data of this area.
CREATE TABLE objector (
    objection    TEXT PRIMARY KEY REFERENCES objection (id),
    name         TEXT NOT NULL,
    id_kind      TEXT NOT NULL CHECK (id_kind IN ('identity-card', 'credit-code')),
    id_number    TEXT NOT NULL,
    contact_kind TEXT NOT NULL CHECK (contact_kind IN ('phone', 'mail')),
    contact      TEXT NOT NULL
) STRICT;

-- The code sent to the contact; only its salted digest is kept.
CREATE TABLE objection_code (
    objection    TEXT PRIMARY KEY REFERENCES objection (id),
    salt         BLOB NOT NULL CHECK (length(salt) = 16),
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    tries        INTEGER NOT NULL CHECK (tries >= 0),
    runs_out_ms  INTEGER NOT NULL
) STRICT;

CREATE TABLE correction (
    round              TEXT NOT NULL REFERENCES round (id),
    number             INTEGER NOT NULL CHECK (number >= 1),
    kind               TEXT NOT NULL CHECK (kind IN ('cell', 'revocation')),
    platform           TEXT NOT NULL,
    indicator          TEXT CHECK ((indicator IS NOT NULL) = (kind = 'cell')),
    before_figures     TEXT NOT NULL,
    after_figures      TEXT NOT NULL,
    reason             TEXT NOT NULL CHECK (reason <> ''),
    document           TEXT NOT NULL,
    state              TEXT NOT NULL CHECK (state IN ('proposed', 'decided', 'refused')),
    proposed_by        TEXT NOT NULL,
    proposed_at_ms     INTEGER NOT NULL,
    decided_by         TEXT CHECK ((decided_by IS NULL) = (state = 'proposed') AND decided_by <> proposed_by),
    decided_at_ms      INTEGER CHECK ((decided_at_ms IS NULL) = (state = 'proposed')),
    decision_reason    TEXT CHECK ((decision_reason IS NULL) = (state = 'proposed')),
    computation_before INTEGER NOT NULL,
    computation_after  INTEGER CHECK ((computation_after IS NOT NULL) = (state = 'decided')),
    log_index          INTEGER NOT NULL CHECK (log_index >= 0),
    PRIMARY KEY (round, number),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;
-- One open proposal a platform at a time.
CREATE UNIQUE INDEX correction_open ON correction (round, platform) WHERE state = 'proposed';
