-- Photos and documents of people and statements: announced by entries, their bytes kept once by digest, acknowledged by
-- the district one by one.
-- Opens with: Payung 0.3 and later.

-- Every file that is known by its digest, also where its bytes have not come yet. Built anew: the bytes stand last, so
-- that nobody walks through them to read the rest.
CREATE TABLE file_new (
    digest  BLOB PRIMARY KEY CHECK (length(digest) = 32),
    media   TEXT NOT NULL,
    size    INTEGER NOT NULL CHECK (size > 0),  -- bytes, as announced
    here    INTEGER NOT NULL,         -- 1: the bytes are in this register, below or as the document of a statement
    kept_at INTEGER,                  -- by the district, as its receipt says
    receipt BLOB,
    bytes   BLOB,
    CHECK (bytes IS NULL OR (here = 1 AND length(bytes) = size)),
    CHECK ((kept_at IS NULL) = (receipt IS NULL))
) STRICT;
INSERT INTO file_new (digest, media, size, here, bytes) SELECT digest, media, length(bytes), 1, bytes FROM file;
DROP TABLE file;
ALTER TABLE file_new RENAME TO file;
CREATE INDEX file_open ON file (here, kept_at);

-- Files that the district will not keep. It may say so before the entry that announces them has come here.
CREATE TABLE file_refusal (
    series INTEGER NOT NULL REFERENCES series (id),
    seq    INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    at     INTEGER NOT NULL,
    words  TEXT NOT NULL,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_refusal_digest ON file_refusal (digest);

-- A file that comes piece by piece, until it is whole.
CREATE TABLE file_part (
    digest BLOB NOT NULL REFERENCES file (digest),
    start  INTEGER NOT NULL,          -- of its first byte
    bytes  BLOB NOT NULL,
    PRIMARY KEY (digest, start)
) STRICT;

-- To whom or what a file belongs.
CREATE TABLE attachment (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    person         INTEGER REFERENCES person (id),
    statement      INTEGER REFERENCES statement (id),
    kind           TEXT NOT NULL CHECK (kind IN ('ktp', 'kk', 'signed_statement', 'scan', 'other')),
    digest         BLOB NOT NULL REFERENCES file (digest),
    name           TEXT NOT NULL,     -- as the file was called, without folders
    at             INTEGER NOT NULL,
    actor          TEXT NOT NULL,
    series         INTEGER REFERENCES series (id),  -- the entry that announces it; absent while the person is a draft
    seq            INTEGER,
    removed_at     INTEGER,
    removed_by     TEXT,
    removed_reason TEXT,
    removed_series INTEGER REFERENCES series (id),
    removed_seq    INTEGER,
    CHECK ((person IS NULL) <> (statement IS NULL)),
    CHECK ((series IS NULL) = (seq IS NULL)),
    CHECK (removed_seq IS NULL OR (removed_at IS NOT NULL AND seq IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX attachment_entry ON attachment (series, seq) WHERE seq IS NOT NULL;
CREATE INDEX attachment_person ON attachment (person) WHERE person IS NOT NULL;
CREATE INDEX attachment_statement ON attachment (statement) WHERE statement IS NOT NULL;
CREATE INDEX attachment_digest ON attachment (digest);
CREATE INDEX attachment_removed ON attachment (removed_series, removed_seq) WHERE removed_seq IS NOT NULL;
CREATE INDEX stamp_file_digest ON stamp_file (digest);
