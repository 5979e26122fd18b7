-- The pool of experts, by account.
CREATE TABLE expert (
    account        TEXT PRIMARY KEY CHECK (length(account) BETWEEN 3 AND 64),
    name           TEXT NOT NULL CHECK (name <> ''),
    employer       TEXT NOT NULL CHECK (employer <> ''),
    employer_code  TEXT NOT NULL CHECK (employer_code = '' OR length(employer_code) = 18),
    employer_group TEXT NOT NULL,
    fields         TEXT NOT NULL CHECK (json_valid(fields)),
    title          TEXT NOT NULL,
    contact        TEXT NOT NULL,
    retired        TEXT CHECK (retired IS NULL OR retired <> ''),
    version        INTEGER NOT NULL CHECK (version >= 1)
) STRICT, WITHOUT ROWID;

-- Applicants that belong to a group, as the operator knows it.
CREATE TABLE company_group (
    code       TEXT PRIMARY KEY CHECK (length(code) = 18),
    group_name TEXT NOT NULL CHECK (group_name <> '')
) STRICT, WITHOUT ROWID;

-- A draw with everything needed to repeat it.
CREATE TABLE expert_draw (
    round           TEXT NOT NULL REFERENCES round (id),
    indicator       TEXT NOT NULL CHECK (indicator <> ''),
    request         TEXT NOT NULL CHECK (json_valid(request)),
    outcome         TEXT NOT NULL CHECK (json_valid(outcome)),
    checkpoint_size INTEGER NOT NULL CHECK (checkpoint_size > 0),
    drawn_by        TEXT NOT NULL,
    at_ms           INTEGER NOT NULL,
    PRIMARY KEY (round, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE expert_seat (
    round       TEXT NOT NULL,
    indicator   TEXT NOT NULL,
    panel       INTEGER NOT NULL CHECK (panel >= 1),
    expert      TEXT NOT NULL,
    at_ms       INTEGER NOT NULL,
    left_reason TEXT CHECK (left_reason IS NULL OR left_reason <> ''),
    is_stand_in INTEGER NOT NULL DEFAULT 0 CHECK (is_stand_in IN (0, 1)),
    PRIMARY KEY (round, indicator, panel, expert),
    FOREIGN KEY (round, indicator) REFERENCES expert_draw (round, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE expert_case (
    round          TEXT NOT NULL,
    indicator      TEXT NOT NULL,
    platform       TEXT NOT NULL,
    panel          INTEGER NOT NULL CHECK (panel >= 1),
    is_anchor      INTEGER NOT NULL CHECK (is_anchor IN (0, 1)),
    revealed_at_ms INTEGER,
    PRIMARY KEY (round, indicator, platform, panel),
    FOREIGN KEY (round, indicator) REFERENCES expert_draw (round, indicator),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

-- Who marks what. `ended`: the reason why not any more; the row stays.
CREATE TABLE expert_assignment (
    round     TEXT NOT NULL,
    indicator TEXT NOT NULL,
    platform  TEXT NOT NULL,
    expert    TEXT NOT NULL,
    panel     INTEGER NOT NULL,
    at_ms     INTEGER NOT NULL,
    ended     TEXT CHECK (ended IS NULL OR ended <> ''),
    PRIMARY KEY (round, indicator, platform, expert),
    FOREIGN KEY (round, indicator, platform, panel) REFERENCES expert_case (round, indicator, platform, panel)
) STRICT, WITHOUT ROWID;

CREATE INDEX expert_assignment_by_platform ON expert_assignment (round, platform, expert) WHERE ended IS NULL;
CREATE INDEX expert_assignment_by_expert ON expert_assignment (round, expert);

CREATE TABLE expert_pledge (
    round        TEXT NOT NULL REFERENCES round (id),
    expert       TEXT NOT NULL,
    text_version TEXT NOT NULL CHECK (text_version <> ''),
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    at_ms        INTEGER NOT NULL,
    PRIMARY KEY (round, expert)
) STRICT, WITHOUT ROWID;

CREATE TABLE expert_conflict (
    round    TEXT NOT NULL,
    expert   TEXT NOT NULL,
    platform TEXT NOT NULL,
    reason   TEXT NOT NULL CHECK (reason <> ''),
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (round, expert, platform),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

-- Typed and not handed in; counts for nothing.
CREATE TABLE mark_draft (
    round     TEXT NOT NULL,
    indicator TEXT NOT NULL,
    platform  TEXT NOT NULL,
    expert    TEXT NOT NULL,
    sitting   INTEGER NOT NULL CHECK (sitting IN (1, 2)),
    criteria  TEXT NOT NULL CHECK (json_valid(criteria)),
    mark      TEXT NOT NULL,
    comment   TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    version   INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (round, indicator, platform, expert, sitting),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

-- What was handed in, first and second marks side by side; expert_mark holds the one that counts.
CREATE TABLE mark_sheet (
    round     TEXT NOT NULL,
    indicator TEXT NOT NULL,
    platform  TEXT NOT NULL,
    expert    TEXT NOT NULL,
    sitting   INTEGER NOT NULL CHECK (sitting IN (1, 2)),
    criteria  TEXT NOT NULL CHECK (json_valid(criteria)),
    mark      TEXT NOT NULL CHECK (CAST(mark AS REAL) BETWEEN 0 AND 100),
    comment   TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    -- Opens the digest that stands in the log.
    nonce     TEXT NOT NULL,
    PRIMARY KEY (round, indicator, platform, expert, sitting),
    FOREIGN KEY (round, indicator, platform, expert) REFERENCES expert_mark (round, indicator, platform, expert)
) STRICT, WITHOUT ROWID;

-- A first mark stands once a second was given beside it.
CREATE TRIGGER mark_sheet_first_stands BEFORE UPDATE ON mark_sheet
WHEN old.sitting = 1 AND EXISTS (
    SELECT 1 FROM mark_sheet s WHERE s.round = old.round AND s.indicator = old.indicator AND s.platform = old.platform
        AND s.expert = old.expert AND s.sitting = 2) BEGIN
    SELECT RAISE(ABORT, 'first mark stands');
END;

CREATE TABLE mark_remark (
    id        INTEGER PRIMARY KEY,
    round     TEXT NOT NULL,
    indicator TEXT NOT NULL,
    platform  TEXT NOT NULL,
    expert    TEXT NOT NULL,
    remark    TEXT NOT NULL CHECK (remark <> ''),
    at_ms     INTEGER NOT NULL,
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE INDEX mark_remark_by_cell ON mark_remark (round, indicator, platform, id);
