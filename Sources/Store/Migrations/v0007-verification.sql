-- The verified side of cells. `is_void`: taken back by a return; the version goes on. A changed row leaves its
-- predecessor in verification_past.
CREATE TABLE verification (
    round          TEXT NOT NULL,
    platform       TEXT NOT NULL,
    indicator      TEXT NOT NULL CHECK (indicator <> ''),
    figures        TEXT NOT NULL CHECK (json_valid(figures)),
    evidence_level INTEGER CHECK (evidence_level BETWEEN 0 AND 4),
    completeness   TEXT,
    basis          TEXT NOT NULL CHECK (basis IN ('counted', 'sampled', 'matched', 'registry', 'marked', 'reviewed')),
    reason         TEXT NOT NULL,
    account        TEXT NOT NULL,
    at_ms          INTEGER NOT NULL,
    version        INTEGER NOT NULL CHECK (version >= 1),
    log_index      INTEGER NOT NULL CHECK (log_index >= 0),
    is_void        INTEGER NOT NULL DEFAULT 0 CHECK (is_void IN (0, 1)),
    PRIMARY KEY (round, platform, indicator),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

CREATE TABLE verification_past (
    round          TEXT NOT NULL,
    platform       TEXT NOT NULL,
    indicator      TEXT NOT NULL,
    version        INTEGER NOT NULL,
    figures        TEXT NOT NULL,
    evidence_level INTEGER,
    completeness   TEXT,
    basis          TEXT NOT NULL,
    reason         TEXT NOT NULL,
    account        TEXT NOT NULL,
    at_ms          INTEGER NOT NULL,
    log_index      INTEGER NOT NULL,
    is_void        INTEGER NOT NULL,
    PRIMARY KEY (round, platform, indicator, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER verification_kept AFTER UPDATE ON verification BEGIN
    INSERT INTO verification_past (round, platform, indicator, version, figures, evidence_level, completeness, basis,
                                   reason, account, at_ms, log_index, is_void)
    VALUES (old.round, old.platform, old.indicator, old.version, old.figures, old.evidence_level, old.completeness,
            old.basis, old.reason, old.account, old.at_ms, old.log_index, old.is_void);
END;

CREATE TABLE cell_return (
    id               INTEGER PRIMARY KEY,
    round            TEXT NOT NULL,
    platform         TEXT NOT NULL,
    indicator        TEXT NOT NULL CHECK (indicator <> ''),
    reason_code      TEXT NOT NULL,
    reason           TEXT NOT NULL CHECK (reason <> ''),
    declared_version INTEGER NOT NULL CHECK (declared_version >= 0),
    account          TEXT NOT NULL,
    at_ms            INTEGER NOT NULL,
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE INDEX cell_return_by_cell ON cell_return (round, platform, indicator, id);

CREATE TABLE expert_mark (
    round     TEXT NOT NULL,
    platform  TEXT NOT NULL,
    indicator TEXT NOT NULL CHECK (indicator <> ''),
    expert    TEXT NOT NULL CHECK (expert <> ''),
    mark      TEXT NOT NULL CHECK (CAST(mark AS REAL) BETWEEN 0 AND 100),
    reason    TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    version   INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (round, indicator, platform, expert),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

CREATE TABLE expert_mark_past (
    round     TEXT NOT NULL,
    platform  TEXT NOT NULL,
    indicator TEXT NOT NULL,
    expert    TEXT NOT NULL,
    version   INTEGER NOT NULL,
    mark      TEXT NOT NULL,
    reason    TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (round, indicator, platform, expert, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER expert_mark_kept AFTER UPDATE ON expert_mark BEGIN
    INSERT INTO expert_mark_past (round, platform, indicator, expert, version, mark, reason, at_ms)
    VALUES (old.round, old.platform, old.indicator, old.expert, old.version, old.mark, old.reason, old.at_ms);
END;

-- An indicator whose marks are settled in a round.
CREATE TABLE mark_settlement (
    round     TEXT NOT NULL REFERENCES round (id),
    indicator TEXT NOT NULL CHECK (indicator <> ''),
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (round, indicator)
) STRICT, WITHOUT ROWID;

-- No mark is given or changed after the settlement, whoever writes.
CREATE TRIGGER expert_mark_settled_insert BEFORE INSERT ON expert_mark
WHEN EXISTS (SELECT 1 FROM mark_settlement s WHERE s.round = new.round AND s.indicator = new.indicator) BEGIN
    SELECT RAISE(ABORT, 'marks settled');
END;

CREATE TRIGGER expert_mark_settled_update BEFORE UPDATE ON expert_mark
WHEN EXISTS (SELECT 1 FROM mark_settlement s WHERE s.round = new.round AND s.indicator = new.indicator) BEGIN
    SELECT RAISE(ABORT, 'marks settled');
END;
