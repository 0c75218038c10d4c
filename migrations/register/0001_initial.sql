-- The village's register as first released.
-- Opens with: Payung 0.1 and later.

-- Small facts of the village and its settings; one row a key.
CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every regulation ever judged by, as the file said it. The last row is the one in use.
CREATE TABLE regulation (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,          -- the regulation's own id, kebumen-56-2024
    digest    BLOB NOT NULL,          -- SHA-256 of the file
    file_name TEXT NOT NULL,
    toml      TEXT NOT NULL,
    signature BLOB,                   -- of the district, absent for a built-in file
    added_at  INTEGER NOT NULL        -- ms since 1970 UTC, as every *_at
) STRICT;

-- A chained series of entries: this device's own (shared, local) and the district's decisions.
CREATE TABLE series (
    id             INTEGER PRIMARY KEY,
    series         BLOB NOT NULL UNIQUE CHECK (length(series) = 16),
    kind           TEXT NOT NULL CHECK (kind IN ('shared', 'local', 'decisions')),
    public_key     BLOB NOT NULL,
    signing_key    BLOB,              -- PKCS#8 DER of the device key, own series only
    seq            INTEGER NOT NULL,  -- of the last entry; 0 before the first
    head           BLOB NOT NULL CHECK (length(head) = 32),
    receipted_seq  INTEGER NOT NULL DEFAULT 0,
    receipted_at   INTEGER,
    receipt_head   BLOB,              -- with the two above: the district's newest receipt
    receipt_signature BLOB
) STRICT;
CREATE UNIQUE INDEX series_own ON series (kind) WHERE signing_key IS NOT NULL;

-- Entries byte for byte. After retention a body may go; its digest and the head stay.
CREATE TABLE entry (
    series INTEGER NOT NULL REFERENCES series (id),
    seq    INTEGER NOT NULL CHECK (seq > 0),
    at     INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    head   BLOB NOT NULL CHECK (length(head) = 32),
    body   BLOB,
    salt   BLOB,                      -- only where the stretch's seed went with an erased body
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;

-- One seed for the salts of a stretch of entries.
CREATE TABLE stretch (
    series INTEGER NOT NULL REFERENCES series (id),
    number INTEGER NOT NULL,
    seed   BLOB NOT NULL CHECK (length(seed) = 16),
    PRIMARY KEY (series, number)
) STRICT, WITHOUT ROWID;

-- A person from the first keystroke. Values are JSON objects, template column name to text as typed.
CREATE TABLE person (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    entity_series      INTEGER REFERENCES series (id),   -- where *siap* was entered; absent for a draft
    entity_seq         INTEGER,
    version_series     INTEGER REFERENCES series (id),   -- the entry of the newest version
    version_seq        INTEGER,
    values_released    TEXT,                             -- what the newest version says
    values_edited      TEXT,                             -- a draft, or a change not yet *siap*
    edited             INTEGER NOT NULL DEFAULT 0,       -- 1 when values_edited stands, also for the index below
    registered_on      TEXT,                             -- civil date, YYYY-MM-DD
    regulation         INTEGER REFERENCES regulation (id),
    readiness          TEXT CHECK (readiness IN ('attestable', 'with_notes', 'incomplete')),
    same_nik_reason    TEXT,
    nik_elsewhere      TEXT,                             -- the other village that holds the NIK, as the district said
    -- Kept by the door for lists and search, from the values a list shows (edited before released).
    nik                TEXT NOT NULL DEFAULT '',         -- digits alone where readable, else as typed
    nik_released       TEXT NOT NULL DEFAULT '',
    name               TEXT NOT NULL DEFAULT '',
    kk                 TEXT NOT NULL DEFAULT '',
    hamlet             TEXT NOT NULL DEFAULT '',
    birth_date         TEXT,
    state              TEXT NOT NULL,
    delivery           TEXT NOT NULL CHECK (delivery IN ('local', 'not_sent', 'arrived')),
    needs_new_statement INTEGER NOT NULL DEFAULT 0,
    covered            INTEGER NOT NULL DEFAULT 0,
    stamped            INTEGER NOT NULL DEFAULT 0,
    listed             INTEGER NOT NULL DEFAULT 0,       -- in a statement that waits for the head
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    CHECK ((entity_series IS NULL) = (entity_seq IS NULL)),
    CHECK ((entity_series IS NULL) = (values_released IS NULL)),
    CHECK ((values_edited IS NOT NULL) = edited)
) STRICT;
CREATE UNIQUE INDEX person_entity ON person (entity_series, entity_seq) WHERE entity_seq IS NOT NULL;
-- Not unique: the same NIK twice is shown to people, who decide.
CREATE INDEX person_nik ON person (nik) WHERE nik <> '';
CREATE INDEX person_nik_released ON person (nik_released) WHERE nik_released <> '';
-- Everything the roster in memory is built from, so that opening does not read the values.
CREATE INDEX person_roster ON person (
    id, nik, name, kk, hamlet, birth_date, state, delivery, needs_new_statement, covered, listed, readiness,
    edited, nik_elsewhere, updated_at
);

-- What happened to a person, in order: the status is computed from these rows, and the history is shown from them.
CREATE TABLE person_event (
    id               INTEGER PRIMARY KEY,
    person           INTEGER NOT NULL REFERENCES person (id),
    at               INTEGER NOT NULL,
    actor            TEXT NOT NULL,
    kind             TEXT NOT NULL CHECK (kind IN ('released', 'corrected', 'ended', 'prepared', 'unlisted', 'signed',
                                                   'stamped', 'answered', 'nik_elsewhere')),
    version          INTEGER,          -- counts the person's versions from 1
    series           INTEGER REFERENCES series (id),  -- the entry that says so; absent where nothing travels
    seq              INTEGER,
    readiness        TEXT,
    attested_changed INTEGER NOT NULL DEFAULT 0,
    fields           TEXT,             -- JSON array of column names that changed
    end_kind         TEXT,
    end_on           TEXT,
    answer           TEXT,
    reasons          TEXT,             -- JSON array, as the district gave them
    officer          TEXT,
    statement        INTEGER REFERENCES statement (id),
    note             TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX person_event_person ON person_event (person, id);
CREATE INDEX person_event_entry ON person_event (series, seq) WHERE seq IS NOT NULL;

-- A statement of the head over one or several people.
CREATE TABLE statement (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    number        TEXT NOT NULL,
    collective    INTEGER NOT NULL,
    status        TEXT NOT NULL CHECK (status IN ('waiting', 'signed', 'withdrawn')),
    prepared_at   INTEGER NOT NULL,
    prepared_by   TEXT NOT NULL,
    regulation    INTEGER NOT NULL REFERENCES regulation (id),
    -- Frozen: exactly these bytes were shown and are signed.
    document      BLOB,
    digest        BLOB,
    strokes       BLOB,              -- the drawn signature as the pad recorded it
    frozen_at     INTEGER,
    signed_at     INTEGER,
    signed_on     TEXT,
    signer        TEXT,
    title         TEXT,
    public_key    BLOB,
    signature     BLOB,
    series        INTEGER REFERENCES series (id),
    seq           INTEGER,
    withdrawn_at  INTEGER,
    withdrawn_reason TEXT,
    CHECK ((status = 'signed') = (signature IS NOT NULL)),
    CHECK ((document IS NULL) = (digest IS NULL))
) STRICT;
CREATE INDEX statement_number ON statement (number);

CREATE TABLE statement_person (
    statement     INTEGER NOT NULL REFERENCES statement (id),
    place         INTEGER NOT NULL,   -- 1-based, as the list numbers them
    person        INTEGER NOT NULL REFERENCES person (id),
    version_series INTEGER NOT NULL REFERENCES series (id),
    version_seq   INTEGER NOT NULL,
    attested      TEXT NOT NULL,      -- JSON object of the attested facts as listed
    struck_reason TEXT,
    struck_at     INTEGER,
    PRIMARY KEY (statement, place),
    UNIQUE (statement, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_person_person ON statement_person (person);

-- The head's signing key, encrypted with the head's own secret: nobody else opens it, also not the recovery code.
CREATE TABLE head_key (
    id            INTEGER PRIMARY KEY,
    slot          INTEGER NOT NULL,   -- the head's number in the key file
    name          TEXT NOT NULL,
    title         TEXT NOT NULL,
    public_key    BLOB NOT NULL,
    encrypted_pem TEXT NOT NULL,
    made_at       INTEGER NOT NULL,
    replaced_at   INTEGER,
    series        INTEGER NOT NULL REFERENCES series (id),
    seq           INTEGER NOT NULL
) STRICT;

-- The district this register belongs to, since the enrolment file was taken in.
CREATE TABLE enrolment (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    url           TEXT NOT NULL,
    regency_name  TEXT NOT NULL,
    authority_pem TEXT NOT NULL,
    district_key  BLOB NOT NULL,
    enrolled_at   INTEGER NOT NULL
) STRICT;

-- Attempts to reach the district, newest last; the screen shows them in plain words.
CREATE TABLE sync_attempt (
    id               INTEGER PRIMARY KEY,
    at               INTEGER NOT NULL,
    succeeded        INTEGER NOT NULL,
    entries_sent     INTEGER NOT NULL,
    entries_received INTEGER NOT NULL,
    words            TEXT NOT NULL
) STRICT;
