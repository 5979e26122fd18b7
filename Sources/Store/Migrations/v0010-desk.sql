-- the review desk: decisions on single items, assignment, the formal checklist, queries

-- What somebody did at the desk in one go, so that it can be undone in one go.
CREATE TABLE desk_batch (
    id           TEXT PRIMARY KEY CHECK (length(id) = 16),
    round        TEXT NOT NULL REFERENCES round (id),
    action       TEXT NOT NULL CHECK (action IN ('accept', 'return', 'hand-over')),
    account      TEXT NOT NULL CHECK (account <> ''),
    at_ms        INTEGER NOT NULL,
    item_count   INTEGER NOT NULL CHECK (item_count >= 1),
    undone_at_ms INTEGER
) STRICT, WITHOUT ROWID;

-- A level's decision on one item. Nothing is overwritten: `voided` says why an earlier one no longer stands.
CREATE TABLE item_decision (
    id               INTEGER PRIMARY KEY,
    round            TEXT NOT NULL,
    platform         TEXT NOT NULL,
    indicator        TEXT NOT NULL CHECK (indicator <> ''),
    level            TEXT NOT NULL CHECK (level IN ('county', 'city', 'province')),
    verdict          TEXT NOT NULL CHECK (verdict IN ('accept', 'return')),
    reason_code      TEXT,
    reason           TEXT NOT NULL,
    row_numbers      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(row_numbers)),
    declared_version INTEGER NOT NULL CHECK (declared_version >= 0),
    account          TEXT NOT NULL CHECK (account <> ''),
    at_ms            INTEGER NOT NULL,
    batch            TEXT REFERENCES desk_batch (id),
    -- The decision that stood before this one.
    replaced         INTEGER REFERENCES item_decision (id),
    -- The return took a verified value back, which undoing puts in force again.
    took_back        INTEGER NOT NULL DEFAULT 0 CHECK (took_back IN (0, 1)),
    voided           TEXT CHECK (voided IN ('changed', 'replaced', 'answered', 'undone')),
    CHECK ((verdict = 'return') = (reason_code IS NOT NULL)),
    CHECK (verdict = 'accept' OR reason <> ''),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE UNIQUE INDEX item_decision_standing ON item_decision (round, platform, indicator, level) WHERE voided IS NULL;
CREATE INDEX item_decision_by_cell ON item_decision (round, platform, indicator, id);
CREATE INDEX item_decision_by_batch ON item_decision (batch) WHERE batch IS NOT NULL;

-- A decision holds for what was decided on: another figure, list or paper makes it void.
CREATE TRIGGER item_decision_declared AFTER INSERT ON declaration BEGIN
    UPDATE item_decision SET voided = 'changed'
    WHERE voided IS NULL AND round = new.round AND platform = new.platform AND indicator = new.indicator;
END;

CREATE TRIGGER item_decision_declared_anew AFTER UPDATE OF version ON declaration BEGIN
    UPDATE item_decision SET voided = 'changed'
    WHERE voided IS NULL AND round = new.round AND platform = new.platform AND indicator = new.indicator;
END;

-- Papers count only while the company edits; what a query or a sample brings in later changes no decision.
CREATE TRIGGER item_decision_attached AFTER INSERT ON evidence
WHEN (SELECT submission FROM participation p WHERE p.round = new.round AND p.platform = new.platform)
     IN ('draft', 'returned', 'supplement') BEGIN
    UPDATE item_decision SET voided = 'changed'
    WHERE voided IS NULL AND round = new.round AND platform = new.platform AND indicator = new.indicator;
END;

CREATE TRIGGER item_decision_detached AFTER UPDATE OF removed_at_ms ON evidence
WHEN (SELECT submission FROM participation p WHERE p.round = new.round AND p.platform = new.platform)
     IN ('draft', 'returned', 'supplement') BEGIN
    UPDATE item_decision SET voided = 'changed'
    WHERE voided IS NULL AND round = new.round AND platform = new.platform AND indicator = new.indicator;
END;

-- A return may name rows of the list; it is closed once the company has resubmitted or the return was undone.
ALTER TABLE cell_return ADD COLUMN row_numbers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(row_numbers));
ALTER TABLE cell_return ADD COLUMN decision INTEGER REFERENCES item_decision (id);
ALTER TABLE cell_return ADD COLUMN is_closed INTEGER NOT NULL DEFAULT 0 CHECK (is_closed IN (0, 1));

CREATE TRIGGER cell_return_answered AFTER UPDATE OF submission ON participation
WHEN old.submission IN ('returned', 'supplement')
     AND new.submission NOT IN ('returned', 'supplement', 'withdrawn', 'not-accepted') BEGIN
    UPDATE cell_return SET is_closed = 1 WHERE is_closed = 0 AND round = new.round AND platform = new.platform;
    UPDATE item_decision SET voided = 'answered'
    WHERE voided IS NULL AND verdict = 'return' AND round = new.round AND platform = new.platform;
END;

-- Who has an item on their desk at a level. The last one that is not voided counts.
CREATE TABLE item_assignment (
    id        INTEGER PRIMARY KEY,
    round     TEXT NOT NULL,
    platform  TEXT NOT NULL,
    indicator TEXT NOT NULL CHECK (indicator <> ''),
    level     TEXT NOT NULL CHECK (level IN ('county', 'city', 'province')),
    account   TEXT NOT NULL CHECK (account <> ''),
    note      TEXT NOT NULL,
    assigner  TEXT NOT NULL CHECK (assigner <> ''),
    at_ms     INTEGER NOT NULL,
    batch     TEXT REFERENCES desk_batch (id),
    replaced  INTEGER REFERENCES item_assignment (id),
    is_void   INTEGER NOT NULL DEFAULT 0 CHECK (is_void IN (0, 1)),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE UNIQUE INDEX item_assignment_standing ON item_assignment (round, platform, indicator, level) WHERE is_void = 0;
CREATE INDEX item_assignment_by_batch ON item_assignment (batch) WHERE batch IS NOT NULL;

-- Since when a submission stands where it stands, for the working-day clocks. Derived from the moves in the log.
CREATE TABLE desk_stage (
    round      TEXT NOT NULL,
    platform   TEXT NOT NULL,
    submission TEXT NOT NULL,
    since_ms   INTEGER NOT NULL,
    PRIMARY KEY (round, platform),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

-- What a person decided about a line of the formal checklist; the last one that is not voided counts.
CREATE TABLE checklist_decision (
    id        INTEGER PRIMARY KEY,
    round     TEXT NOT NULL,
    platform  TEXT NOT NULL,
    line      TEXT NOT NULL CHECK (line <> ''),
    verdict   TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'not-applicable')),
    reason    TEXT NOT NULL CHECK (reason <> ''),
    -- What the line's automatic result was; another result makes the decision void.
    automatic TEXT NOT NULL CHECK (automatic IN ('pass', 'fail', 'open')),
    account   TEXT NOT NULL CHECK (account <> ''),
    at_ms     INTEGER NOT NULL,
    is_void   INTEGER NOT NULL DEFAULT 0 CHECK (is_void IN (0, 1)),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE UNIQUE INDEX checklist_decision_standing ON checklist_decision (round, platform, line) WHERE is_void = 0;

-- A question to the company that a signal called for, its answer, and what was decided by two.
CREATE TABLE query (
    id             INTEGER PRIMARY KEY,
    round          TEXT NOT NULL,
    platform       TEXT NOT NULL,
    -- Empty: about the submission as a whole.
    indicator      TEXT NOT NULL,
    signal         TEXT NOT NULL CHECK (signal <> ''),
    signal_key     TEXT NOT NULL CHECK (signal_key <> ''),
    row_numbers    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(row_numbers)),
    code           TEXT NOT NULL,
    sentence       TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(sentence)),
    question       TEXT NOT NULL CHECK (question <> ''),
    asked_by       TEXT NOT NULL CHECK (asked_by <> ''),
    asked_at_ms    INTEGER NOT NULL,
    due            TEXT NOT NULL CHECK (due GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    answer         TEXT,
    answered_by    TEXT,
    answered_at_ms INTEGER,
    verdict        TEXT CHECK (verdict IN ('uphold', 'reduce', 'zero', 'disqualify')),
    figures        TEXT CHECK (figures IS NULL OR json_valid(figures)),
    reason         TEXT,
    proposed_by    TEXT,
    proposed_at_ms INTEGER,
    approved_by    TEXT,
    approved_at_ms INTEGER,
    version        INTEGER NOT NULL CHECK (version >= 1),
    CHECK ((answer IS NULL) = (answered_at_ms IS NULL) AND (answer IS NULL) = (answered_by IS NULL)),
    CHECK ((verdict IS NULL) = (proposed_by IS NULL) AND (verdict IS NULL) = (reason IS NULL)),
    CHECK (approved_by IS NULL OR verdict IS NOT NULL),
    -- Two people: nobody approves what they have proposed.
    CHECK (approved_by IS NULL OR approved_by <> proposed_by),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE INDEX query_by_platform ON query (round, platform, id);
-- A signal is asked about once while its query is open.
CREATE UNIQUE INDEX query_open_signal ON query (round, signal_key) WHERE approved_by IS NULL;
