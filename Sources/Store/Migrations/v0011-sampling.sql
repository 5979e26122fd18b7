-- Verification by sample: lists are frozen, drawn from the root of a later checkpoint, proved, judged and settled.
CREATE TABLE sample_list (
    id              INTEGER PRIMARY KEY,
    round           TEXT NOT NULL,
    platform        TEXT NOT NULL,
    indicator       TEXT NOT NULL CHECK (indicator <> ''),
    list_version    INTEGER NOT NULL CHECK (list_version >= 1),
    digest          BLOB NOT NULL CHECK (length(digest) = 32),
    row_count       INTEGER NOT NULL CHECK (row_count >= 0),
    struck          TEXT NOT NULL,
    struck_count    INTEGER NOT NULL CHECK (struck_count >= 0),
    figures         TEXT NOT NULL CHECK (json_valid(figures)),
    frozen_at_ms    INTEGER NOT NULL,
    freeze_index    INTEGER NOT NULL CHECK (freeze_index >= 0),
    checkpoint_size INTEGER,
    seed            BLOB CHECK (seed IS NULL OR length(seed) = 32),
    drawn_at_ms     INTEGER,
    draw_index      INTEGER,
    due_day         TEXT,
    proved_at_ms    INTEGER,
    settled_at_ms   INTEGER,
    outcome         TEXT CHECK (outcome IN ('sampled', 'cut', 'returned')),
    version         INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    UNIQUE (round, platform, indicator, list_version),
    -- The seed is not known before the freeze stands in the log.
    CHECK (checkpoint_size IS NULL OR checkpoint_size > freeze_index),
    CHECK ((seed IS NULL) = (checkpoint_size IS NULL) AND (seed IS NULL) = (drawn_at_ms IS NULL)
           AND (seed IS NULL) = (draw_index IS NULL) AND (seed IS NULL) = (due_day IS NULL)),
    CHECK ((outcome IS NULL) = (settled_at_ms IS NULL) AND (outcome IS NULL OR seed IS NOT NULL)),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE TABLE sample_stratum (
    list        INTEGER NOT NULL REFERENCES sample_list (id),
    name        TEXT NOT NULL CHECK (name <> ''),
    -- Row numbers in short writing: 2-15,17.
    rows        TEXT NOT NULL,
    row_count   INTEGER NOT NULL CHECK (row_count >= 1),
    drawn_count INTEGER NOT NULL DEFAULT 0 CHECK (drawn_count BETWEEN 0 AND row_count),
    PRIMARY KEY (list, name)
) STRICT, WITHOUT ROWID;

-- Drawn rows with the judgement that counts; version 0: nobody has judged it.
CREATE TABLE sample_row (
    list        INTEGER NOT NULL REFERENCES sample_list (id),
    number      INTEGER NOT NULL CHECK (number >= 1),
    stratum     TEXT NOT NULL,
    office      TEXT NOT NULL CHECK (office <> ''),
    verdict     TEXT CHECK (verdict IN ('good', 'bad')),
    reason_code TEXT,
    note        TEXT NOT NULL DEFAULT '',
    account     TEXT,
    at_ms       INTEGER,
    version     INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0),
    PRIMARY KEY (list, number),
    CHECK ((verdict IS NULL) = (version = 0) AND (verdict IS NULL) = (account IS NULL)
           AND (verdict IS NULL) = (at_ms IS NULL)),
    CHECK (reason_code IS NULL OR verdict = 'bad')
) STRICT, WITHOUT ROWID;

CREATE INDEX sample_row_by_office ON sample_row (office, list, number);

CREATE TABLE sample_row_past (
    list        INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    verdict     TEXT NOT NULL,
    reason_code TEXT,
    note        TEXT NOT NULL,
    account     TEXT NOT NULL,
    at_ms       INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    PRIMARY KEY (list, number, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sample_row_kept AFTER UPDATE ON sample_row WHEN old.version > 0 BEGIN
    INSERT INTO sample_row_past (list, number, verdict, reason_code, note, account, at_ms, version)
    VALUES (old.list, old.number, old.verdict, old.reason_code, old.note, old.account, old.at_ms, old.version);
END;

-- Nothing is judged once the list is settled, whoever writes.
CREATE TRIGGER sample_row_settled BEFORE UPDATE ON sample_row
WHEN EXISTS (SELECT 1 FROM sample_list l WHERE l.id = new.list AND l.outcome IS NOT NULL) BEGIN
    SELECT RAISE(ABORT, 'list settled');
END;

CREATE TABLE sample_decision (
    id             INTEGER PRIMARY KEY,
    list           INTEGER NOT NULL REFERENCES sample_list (id),
    outcome        TEXT NOT NULL CHECK (outcome IN ('cut', 'returned')),
    figures        TEXT NOT NULL CHECK (json_valid(figures)),
    reason         TEXT NOT NULL CHECK (reason <> ''),
    proposed_by    TEXT NOT NULL,
    proposed_at_ms INTEGER NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
    decided_by     TEXT CHECK (decided_by IS NULL OR decided_by <> proposed_by),
    decided_at_ms  INTEGER,
    decision       TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at_ms IS NULL))
) STRICT;

CREATE UNIQUE INDEX sample_decision_open ON sample_decision (list) WHERE state = 'proposed';
CREATE INDEX sample_decision_by_list ON sample_decision (list, id);

-- Which third-party verifier is given which platform, for samples and for the check on site.
CREATE TABLE verifier_assignment (
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    account  TEXT NOT NULL CHECK (account <> ''),
    kind     TEXT NOT NULL CHECK (kind IN ('sample', 'site')),
    by       TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (round, platform, kind, account),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

-- Checks on site. A changed record leaves its predecessor in site_check_past; a signature is of one version.
CREATE TABLE site_check (
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    held_on  TEXT NOT NULL CHECK (held_on <> ''),
    place    TEXT NOT NULL CHECK (place <> ''),
    present  TEXT NOT NULL,
    items    TEXT NOT NULL CHECK (json_valid(items)),
    findings TEXT NOT NULL,
    account  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    version  INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (round, platform),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

CREATE TABLE site_check_past (
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    version  INTEGER NOT NULL,
    held_on  TEXT NOT NULL,
    place    TEXT NOT NULL,
    present  TEXT NOT NULL,
    items    TEXT NOT NULL,
    findings TEXT NOT NULL,
    account  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (round, platform, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER site_check_kept AFTER UPDATE ON site_check BEGIN
    INSERT INTO site_check_past (round, platform, version, held_on, place, present, items, findings, account, at_ms)
    VALUES (old.round, old.platform, old.version, old.held_on, old.place, old.present, old.items, old.findings,
            old.account, old.at_ms);
END;

CREATE TABLE site_check_signature (
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    account  TEXT NOT NULL CHECK (account <> ''),
    version  INTEGER NOT NULL CHECK (version >= 1),
    digest   BLOB NOT NULL CHECK (length(digest) = 32),
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (round, platform, version, account),
    FOREIGN KEY (round, platform) REFERENCES site_check (round, platform)
) STRICT, WITHOUT ROWID;
