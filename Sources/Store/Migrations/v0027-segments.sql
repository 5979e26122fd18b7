-- Where a batch's frame lies: the number of the segment file and the byte at which the frame begins.
CREATE TABLE port_frame (
    batch   INTEGER PRIMARY KEY REFERENCES port_batch (position),
    segment INTEGER NOT NULL CHECK (segment > 0),
    place   INTEGER NOT NULL CHECK (place >= 4096),
    length  INTEGER NOT NULL CHECK (length > 0)
) STRICT;

CREATE INDEX port_frame_by_segment ON port_frame (segment, place);

-- Frames whose facts were deleted: their bytes are overwritten, then the row goes.
CREATE TABLE port_erasure (
    segment INTEGER NOT NULL,
    place   INTEGER NOT NULL,
    length  INTEGER NOT NULL CHECK (length > 0),
    PRIMARY KEY (segment, place)
) STRICT, WITHOUT ROWID;

-- Runs lie in the frame of their batch, `start` bytes from its beginning; those from before this migration in `bytes`.
CREATE TABLE port_run_placed (
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    kind     INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    batch    INTEGER NOT NULL REFERENCES port_batch (position),
    rows     INTEGER NOT NULL CHECK (rows > 0),
    start    INTEGER,
    length   INTEGER,
    bytes    BLOB CHECK (length(bytes) >= 28),
    PRIMARY KEY (round, platform, kind, day, batch),
    CHECK ((bytes IS NULL) = (start IS NOT NULL) AND (start IS NULL) = (length IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO port_run_placed (round, platform, kind, day, batch, rows, bytes)
SELECT round, platform, kind, day, batch, rows, bytes FROM port_run;

DROP TABLE port_run;
ALTER TABLE port_run_placed RENAME TO port_run;
CREATE INDEX port_run_by_batch ON port_run (batch);

-- Compacted sets: all runs of one kind and day together, up to and with the batch `through`, in parts by ascending key.
-- The rows are the manifest: they change in one transaction, and a voided batch removes them.
CREATE TABLE port_set (
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    kind     INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    part     INTEGER NOT NULL CHECK (part >= 0),
    through  INTEGER NOT NULL,
    runs     INTEGER NOT NULL CHECK (runs > 0),
    facts    INTEGER NOT NULL,
    segment  INTEGER NOT NULL CHECK (segment > 0),
    place    INTEGER NOT NULL CHECK (place >= 4096),
    frame    INTEGER NOT NULL CHECK (frame > 0),
    start    INTEGER NOT NULL,
    length   INTEGER NOT NULL,
    PRIMARY KEY (round, platform, kind, day, part)
) STRICT, WITHOUT ROWID;

CREATE INDEX port_set_by_segment ON port_set (segment, place);

-- What was found damaged in the port's files, by the file's name; a row goes when the place is sound again.
CREATE TABLE port_damage (
    file        TEXT NOT NULL,
    place       INTEGER NOT NULL,
    batch       TEXT,
    reason      TEXT NOT NULL,
    found_at_ms INTEGER NOT NULL,
    PRIMARY KEY (file, place)
) STRICT, WITHOUT ROWID;
