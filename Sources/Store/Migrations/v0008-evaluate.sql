-- One row a computation. The inputs are the canonical JSON that the result follows from; the result itself is made
-- from them whenever it is asked for, and its digest says that it is still the same.
CREATE TABLE evaluation_run (
    round          TEXT NOT NULL REFERENCES round (id),
    number         INTEGER NOT NULL CHECK (number >= 1),
    state          TEXT NOT NULL CHECK (state IN ('running', 'finished', 'stopped', 'failed', 'interrupted')),
    started_by     TEXT NOT NULL CHECK (started_by <> ''),
    started_at_ms  INTEGER NOT NULL,
    finished_at_ms INTEGER CHECK ((finished_at_ms IS NULL) = (state = 'running')),
    scheme_digest  BLOB NOT NULL CHECK (length(scheme_digest) = 32),
    lot_seed       TEXT NOT NULL CHECK (lot_seed <> ''),
    inputs         BLOB CHECK ((inputs IS NOT NULL) = (state = 'finished')),
    inputs_digest  BLOB CHECK ((inputs_digest IS NULL) = (inputs IS NULL) AND coalesce(length(inputs_digest), 32) = 32),
    result_digest  BLOB CHECK ((result_digest IS NULL) = (inputs IS NULL) AND coalesce(length(result_digest), 32) = 32),
    waiting_count  INTEGER NOT NULL DEFAULT 0 CHECK (waiting_count >= 0),
    findings       TEXT NOT NULL DEFAULT '[]',
    failure        TEXT CHECK (failure IS NULL OR state = 'failed'),
    PRIMARY KEY (round, number)
) STRICT, WITHOUT ROWID;

-- At most one computation of a round runs.
CREATE UNIQUE INDEX evaluation_run_running ON evaluation_run (round) WHERE state = 'running';
CREATE INDEX evaluation_run_finished ON evaluation_run (round, number DESC) WHERE state = 'finished';
