-- The village's own population, to pick applicants from, and what every import did, so that it can be undone.
-- Opens with: Payung 0.3 and later.
--
-- Nothing here is ever an entry: the population stays in this file and its backups, and never leaves the village.

-- Every file taken in, with figures that add up.
CREATE TABLE import (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    actor        TEXT NOT NULL,
    file_name    TEXT NOT NULL,       -- without its folders
    layout       TEXT NOT NULL,       -- what the file turned out to be
    destination  TEXT NOT NULL CHECK (destination IN ('population', 'applicants')),
    rows_read    INTEGER NOT NULL,
    rows_new     INTEGER NOT NULL,
    rows_changed INTEGER NOT NULL,
    rows_same    INTEGER NOT NULL,
    rows_refused INTEGER NOT NULL,
    rows_skipped INTEGER NOT NULL,
    undone_at    INTEGER,
    undone_by    TEXT,
    CHECK (rows_read = rows_new + rows_changed + rows_same + rows_refused + rows_skipped),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;

-- Somebody of the village's population file. Not an applicant until picked.
CREATE TABLE population (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Kept from the values, for lists, search and finding the same person again.
    nik         TEXT NOT NULL DEFAULT '',  -- digits alone; empty where there is none yet
    name        TEXT NOT NULL DEFAULT '',
    kk          TEXT NOT NULL DEFAULT '',  -- digits alone where readable, else as read
    hamlet      TEXT NOT NULL DEFAULT '',
    birth_date  TEXT,                 -- civil date, YYYY-MM-DD
    occupation  TEXT NOT NULL DEFAULT '',  -- the template's word where it is one, else as read
    mother      TEXT NOT NULL DEFAULT '',
    person      INTEGER REFERENCES person (id),          -- the applicant picked from this row
    import      INTEGER NOT NULL REFERENCES import (id), -- the last one that wrote this row
    values_read TEXT NOT NULL         -- JSON object, template column name to text
) STRICT;
-- Nobody is there twice.
CREATE UNIQUE INDEX population_nik ON population (nik) WHERE nik <> '';
CREATE INDEX population_kk ON population (kk) WHERE kk <> '';
CREATE INDEX population_person ON population (person) WHERE person IS NOT NULL;
CREATE INDEX population_import ON population (import);
-- Everything that a list in memory is built from, so that it does not read the values.
CREATE INDEX population_crowd ON population (id, nik, name, kk, hamlet, birth_date, occupation, mother, person);

-- What an import made or changed, and what stood there before.
CREATE TABLE import_row (
    import        INTEGER NOT NULL REFERENCES import (id),
    person        INTEGER REFERENCES person (id),
    population    INTEGER REFERENCES population (id),
    made          INTEGER NOT NULL,   -- 1: by this import; 0: changed
    before        TEXT,               -- the values typed or kept before; absent where there were none
    before_import INTEGER REFERENCES import (id),  -- which import had written the population's row before
    after         BLOB CHECK (length(after) = 32), -- SHA-256 of an applicant's values as the import left them
    CHECK ((person IS NULL) <> (population IS NULL)),
    CHECK ((person IS NULL) = (after IS NULL))
) STRICT;
CREATE INDEX import_row_import ON import_row (import);
CREATE INDEX import_row_person ON import_row (person) WHERE person IS NOT NULL;
CREATE INDEX import_row_population ON import_row (population) WHERE population IS NOT NULL;
CREATE INDEX import_row_before ON import_row (before_import) WHERE before_import IS NOT NULL;

-- Who lives together.
CREATE INDEX person_kk ON person (kk) WHERE kk <> '';
