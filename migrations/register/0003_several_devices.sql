-- Several laptops of one village: their series beside the own one, the order of what they say, versions that part and
-- meet, statements whose pages are elsewhere.
-- Opens with: Payung 0.3 and later.
--
-- What SQL cannot read (the order of entries, which version stands over which) is filled in by the program in the same
-- transaction.

-- Who writes a series: this device; this device before a restore or a fork; another device of the village; the district.
ALTER TABLE series ADD COLUMN origin TEXT NOT NULL DEFAULT 'own'
    CHECK (origin IN ('own', 'former', 'other', 'district'));
UPDATE series SET origin = 'district' WHERE kind = 'decisions';
DROP INDEX series_own;
CREATE UNIQUE INDEX series_own ON series (kind) WHERE origin = 'own';

-- What proves that the district held a series, and what its writer vouched for. `series.receipted_seq` says what the
-- district is known to hold now: less after it was restored.
CREATE TABLE receipt (
    series INTEGER NOT NULL REFERENCES series (id),
    seq    INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    head   BLOB NOT NULL,
    proof  BLOB NOT NULL,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO receipt (series, seq, at, head, proof)
SELECT id, receipted_seq, receipted_at, receipt_head, receipt_signature FROM series WHERE receipt_signature IS NOT NULL;
ALTER TABLE series DROP COLUMN receipted_at;
ALTER TABLE series DROP COLUMN receipt_head;
ALTER TABLE series DROP COLUMN receipt_signature;
UPDATE series SET receipted_seq = seq WHERE kind = 'decisions';
CREATE TABLE checkpoint (
    series INTEGER NOT NULL REFERENCES series (id),
    seq    INTEGER NOT NULL,
    head   BLOB NOT NULL,
    proof  BLOB NOT NULL,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;

-- The same on every device: after its own time, after the entry before it and after every entry it names.
ALTER TABLE entry ADD COLUMN order_at INTEGER NOT NULL DEFAULT 0;

-- An entry whose effect waits for another one. The other one's series may not be known yet.
CREATE TABLE waiting_effect (
    on_series BLOB NOT NULL CHECK (length(on_series) = 16),
    on_seq    INTEGER NOT NULL,
    series    INTEGER NOT NULL REFERENCES series (id),
    seq       INTEGER NOT NULL,
    PRIMARY KEY (on_series, on_seq, series, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_effect_entry ON waiting_effect (series, seq);

-- Entries of another device's series that the district replaced by others. `person`: the draft that came of one.
CREATE TABLE orphan_entry (
    id         INTEGER PRIMARY KEY,
    series     BLOB NOT NULL CHECK (length(series) = 16),
    seq        INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    digest     BLOB NOT NULL,
    head       BLOB NOT NULL,
    body       BLOB,
    salt       BLOB,
    person     INTEGER REFERENCES person (id),
    dropped_at INTEGER NOT NULL
) STRICT;
CREATE INDEX orphan_entry_place ON orphan_entry (series, seq);

-- The versions over which a version was typed: its base first, then those in whose place it stands too.
CREATE TABLE version_base (
    series      INTEGER NOT NULL REFERENCES series (id),
    seq         INTEGER NOT NULL,
    place       INTEGER NOT NULL,
    base_series INTEGER NOT NULL REFERENCES series (id),
    base_seq    INTEGER NOT NULL,
    PRIMARY KEY (series, seq, place)
) STRICT, WITHOUT ROWID;

-- Devices from which the district takes nothing any more.
CREATE TABLE revoked_device (
    device  BLOB NOT NULL CHECK (length(device) = 16),
    officer TEXT NOT NULL,
    note    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    series  INTEGER NOT NULL REFERENCES series (id),
    seq     INTEGER NOT NULL,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;

-- The version over which a change is being typed, and whether two versions stand side by side.
ALTER TABLE person ADD COLUMN edit_base_series INTEGER REFERENCES series (id);
ALTER TABLE person ADD COLUMN edit_base_seq INTEGER;
UPDATE person SET edit_base_series = version_series, edit_base_seq = version_seq
WHERE values_edited IS NOT NULL AND version_seq IS NOT NULL;
ALTER TABLE person ADD COLUMN two_versions INTEGER NOT NULL DEFAULT 0;
DROP INDEX person_roster;
CREATE INDEX person_roster ON person (
    id, nik, name, kk, hamlet, birth_date, state, delivery, needs_new_statement, covered, listed, readiness,
    edited, nik_elsewhere, two_versions, updated_at
);

-- Events stand in the order of their entries; what stays in the village takes the next place when it happens. An answer
-- names the version it is about by its entry: numbers of versions follow from their order.
ALTER TABLE person_event ADD COLUMN order_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person_event ADD COLUMN about_series INTEGER REFERENCES series (id);
ALTER TABLE person_event ADD COLUMN about_seq INTEGER;
UPDATE person_event SET (about_series, about_seq) = (
    SELECT said.series, said.seq FROM person_event AS said
    WHERE said.person = person_event.person AND said.version = person_event.version
      AND said.kind IN ('released', 'corrected', 'ended'))
WHERE kind = 'answered';
ALTER TABLE person_event DROP COLUMN version;

-- Built anew: a signed statement of another device has no pages here until its file arrives.
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
    order_at      INTEGER NOT NULL DEFAULT 0,         -- of that entry
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
    -- of the signature, zeros until then; without a gap the digest is that of the whole file. Absent in a statement
    -- that another device signed, until its file is here.
    document      BLOB,
    CHECK (status <> 'signed' OR signature IS NOT NULL),
    CHECK (status NOT IN ('draft', 'waiting') OR signature IS NULL),
    CHECK ((signature IS NULL) = (seq IS NULL)),
    CHECK (document IS NULL OR digest IS NOT NULL),
    CHECK (digest IS NULL OR document IS NOT NULL OR signature IS NOT NULL),
    CHECK ((gap_start IS NULL) = (gap_end IS NULL)),
    CHECK ((token IS NULL) = (token_seq IS NULL))
) STRICT;
INSERT INTO statement_new (id, number, collective, status, prepared_at, prepared_by, regulation, frozen_at, frozen_on,
                           pages, content, digest, gap_start, gap_end, signed_at, signed_on, signer, title, public_key,
                           signature, seal, series, seq, withdrawn_at, withdrawn_reason, withdrawn_series,
                           withdrawn_seq, token_at, token_series, token_seq, originals_printed, copies_printed, token,
                           certificate, page, strokes, document)
SELECT id, number, collective, status, prepared_at, prepared_by, regulation, frozen_at, frozen_on, pages, content,
       digest, gap_start, gap_end, signed_at, signed_on, signer, title, public_key, signature, seal, series, seq,
       withdrawn_at, withdrawn_reason, withdrawn_series, withdrawn_seq, token_at, token_series, token_seq,
       originals_printed, copies_printed, token, certificate, page, strokes, document
FROM statement;
DROP TABLE statement;
ALTER TABLE statement_new RENAME TO statement;
CREATE INDEX statement_number ON statement (number);
CREATE UNIQUE INDEX statement_entry ON statement (series, seq) WHERE seq IS NOT NULL;

ALTER TABLE stamp ADD COLUMN order_at INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX stamp_entry ON stamp (series, seq);

-- Built anew: what another device showed beside a stamp is known by its digest before its bytes are here.
CREATE TABLE stamp_file_new (
    stamp    INTEGER NOT NULL REFERENCES stamp (id),
    place    INTEGER NOT NULL,
    digest   BLOB NOT NULL CHECK (length(digest) = 32),
    media    TEXT NOT NULL,
    bytes    INTEGER NOT NULL,
    name     TEXT NOT NULL,
    original INTEGER NOT NULL,         -- 1: this file is the original from now on
    PRIMARY KEY (stamp, place)
) STRICT, WITHOUT ROWID;
INSERT INTO stamp_file_new (stamp, place, digest, media, bytes, name, original)
SELECT stamp, place, stamp_file.digest, media, length(bytes), name, original
FROM stamp_file JOIN file ON file.digest = stamp_file.digest;
DROP TABLE stamp_file;
ALTER TABLE stamp_file_new RENAME TO stamp_file;

ALTER TABLE sync_attempt ADD COLUMN via TEXT NOT NULL DEFAULT 'internet' CHECK (via IN ('internet', 'stick'));
ALTER TABLE sync_attempt ADD COLUMN people_sent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync_attempt ADD COLUMN attachments_sent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync_attempt ADD COLUMN attachments_received INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync_attempt ADD COLUMN compared INTEGER;
