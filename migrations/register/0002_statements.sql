-- A statement's whole life: draft, sealed PDF, meterai with its serial and scans, revocation, time stamp, certificates.
-- Opens with: Payung 0.2 and later.
--
-- Two tables are built anew because their checks grow; the runner keeps foreign keys out of the way until it has proved
-- them.

CREATE TABLE statement_new (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    number        TEXT NOT NULL,
    collective    INTEGER NOT NULL,
    status        TEXT NOT NULL CHECK (status IN ('draft', 'waiting', 'signed', 'withdrawn')),
    prepared_at   INTEGER NOT NULL,  -- of a draft: last changed
    prepared_by   TEXT NOT NULL,
    regulation    INTEGER NOT NULL REFERENCES regulation (id),
    frozen_at     INTEGER,
    frozen_on     TEXT,              -- the date on the pages
    pages         INTEGER,
    content       BLOB,              -- SHA-256 of the embedded data: the code on every page
    digest        BLOB,              -- SHA-256 of the document outside the gap
    gap_start     INTEGER,
    gap_end       INTEGER,
    signed_at     INTEGER,
    signed_on     TEXT,
    signer        TEXT,
    title         TEXT,
    public_key    BLOB,
    signature     BLOB,
    seal          BLOB,              -- the signature value inside the PDF
    series        INTEGER REFERENCES series (id),
    seq           INTEGER,
    withdrawn_at  INTEGER,
    withdrawn_reason TEXT,
    withdrawn_series INTEGER REFERENCES series (id),  -- the entry, where a signed one was revoked
    withdrawn_seq INTEGER,
    token_at      INTEGER,           -- when the district says that it received the signature
    token_series  INTEGER REFERENCES series (id),
    token_seq     INTEGER,
    originals_printed INTEGER NOT NULL DEFAULT 0,
    copies_printed INTEGER NOT NULL DEFAULT 0,
    -- Large values last, so that a list does not read them.
    token         BLOB,              -- the district's time stamp over the signature, DER
    certificate   BLOB,              -- of the head's key, DER, as it stands in the signature
    page          TEXT,              -- JSON of what was set, for further prints
    strokes       BLOB,              -- the drawn signature as the pad recorded it
    -- Frozen: exactly these bytes were shown and are signed. Between gap_start and gap_end stand the hexadecimal digits
    -- of the signature, zeros until then; without a gap the digest is that of the whole file.
    document      BLOB,
    CHECK (status <> 'signed' OR signature IS NOT NULL),
    CHECK (status NOT IN ('draft', 'waiting') OR signature IS NULL),
    CHECK ((signature IS NULL) = (seq IS NULL)),
    CHECK ((document IS NULL) = (digest IS NULL)),
    CHECK ((gap_start IS NULL) = (gap_end IS NULL)),
    CHECK ((token IS NULL) = (token_seq IS NULL))
) STRICT;
INSERT INTO statement_new (id, number, collective, status, prepared_at, prepared_by, regulation, document, digest,
                           strokes, frozen_at, signed_at, signed_on, signer, title, public_key, signature, series, seq,
                           withdrawn_at, withdrawn_reason)
SELECT id, number, collective, status, prepared_at, prepared_by, regulation, document, digest, strokes, frozen_at,
       signed_at, signed_on, signer, title, public_key, signature, series, seq, withdrawn_at, withdrawn_reason
FROM statement;
DROP TABLE statement;
ALTER TABLE statement_new RENAME TO statement;
CREATE INDEX statement_number ON statement (number);
CREATE UNIQUE INDEX statement_entry ON statement (series, seq) WHERE seq IS NOT NULL;

CREATE TABLE person_event_new (
    id               INTEGER PRIMARY KEY,
    person           INTEGER NOT NULL REFERENCES person (id),
    at               INTEGER NOT NULL,
    actor            TEXT NOT NULL,
    kind             TEXT NOT NULL CHECK (kind IN ('released', 'corrected', 'ended', 'prepared', 'unlisted', 'signed',
                                                   'stamped', 'stamp_refused', 'uncovered', 'answered',
                                                   'nik_elsewhere')),
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
INSERT INTO person_event_new (id, person, at, actor, kind, version, series, seq, readiness, attested_changed, fields,
                              end_kind, end_on, answer, reasons, officer, statement, note)
SELECT id, person, at, actor, kind, version, series, seq, readiness, attested_changed, fields, end_kind, end_on,
       answer, reasons, officer, statement, note
FROM person_event;
DROP TABLE person_event;
ALTER TABLE person_event_new RENAME TO person_event;
CREATE INDEX person_event_person ON person_event (person, id);
CREATE INDEX person_event_entry ON person_event (series, seq) WHERE seq IS NOT NULL;

-- Whom a draft names, before anybody is listed for the head.
CREATE TABLE draft_person (
    statement INTEGER NOT NULL REFERENCES statement (id),
    place     INTEGER NOT NULL,
    person    INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (statement, place),
    UNIQUE (statement, person)
) STRICT, WITHOUT ROWID;

-- Statements in whose place a frozen or signed one stands.
CREATE TABLE statement_replaces (
    statement INTEGER NOT NULL REFERENCES statement (id),
    replaced  INTEGER NOT NULL REFERENCES statement (id),
    PRIMARY KEY (statement, replaced)
) STRICT, WITHOUT ROWID;

-- Every meterai recorded; the newest of a statement counts, unless the district refused it.
CREATE TABLE stamp (
    id             INTEGER PRIMARY KEY,
    statement      INTEGER NOT NULL REFERENCES statement (id),
    at             INTEGER NOT NULL,
    actor          TEXT NOT NULL,
    kind           TEXT NOT NULL,
    serial         TEXT NOT NULL,
    stamped_on     TEXT NOT NULL,
    original_at    TEXT NOT NULL,
    note           TEXT NOT NULL,     -- the clerk's own word, such as which pages were checked by eye
    series         INTEGER NOT NULL REFERENCES series (id),
    seq            INTEGER NOT NULL,
    refused_at     INTEGER,
    refused_words  TEXT,
    other_village  TEXT,
    refused_series INTEGER REFERENCES series (id),
    refused_seq    INTEGER
) STRICT;
CREATE INDEX stamp_statement ON stamp (statement, id);
CREATE INDEX stamp_serial ON stamp (serial);

-- Scans, photos and final PDFs, untouched, each kept once.
CREATE TABLE file (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    media  TEXT NOT NULL,
    bytes  BLOB NOT NULL
) STRICT;
CREATE TABLE stamp_file (
    stamp    INTEGER NOT NULL REFERENCES stamp (id),
    place    INTEGER NOT NULL,
    digest   BLOB NOT NULL REFERENCES file (digest),
    name     TEXT NOT NULL,
    original INTEGER NOT NULL,         -- 1: this file is the original from now on
    PRIMARY KEY (stamp, place)
) STRICT, WITHOUT ROWID;

-- The self-issued certificate stands beside the key; those of the district come as decisions.
ALTER TABLE head_key ADD COLUMN certificate BLOB;

CREATE TABLE head_certificate (
    id          INTEGER PRIMARY KEY,
    public_key  BLOB NOT NULL,
    certificate BLOB NOT NULL,        -- X.509, DER
    not_before  INTEGER NOT NULL,
    not_after   INTEGER NOT NULL,
    officer     TEXT NOT NULL,
    at          INTEGER NOT NULL,
    series      INTEGER NOT NULL REFERENCES series (id),
    seq         INTEGER NOT NULL
) STRICT;
CREATE INDEX head_certificate_key ON head_certificate (public_key, id);

CREATE TABLE head_revocation (
    id         INTEGER PRIMARY KEY,
    public_key BLOB NOT NULL,
    from_at    INTEGER NOT NULL,
    reason     TEXT NOT NULL CHECK (reason IN ('compromised', 'office_ended', 'superseded')),
    officer    TEXT NOT NULL,
    note       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    series     INTEGER NOT NULL REFERENCES series (id),
    seq        INTEGER NOT NULL
) STRICT;
CREATE INDEX head_revocation_key ON head_revocation (public_key, id);

-- Pictures among the settings, such as the emblem of the letterhead.
CREATE TABLE picture (
    key   TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
