-- What makes a statement count: certified heads, time stamps, one meterai for one document, withdrawals.
-- Who can open it: payung-district from this migration on; an older program refuses, file untouched.
-- Statements that were there already get their rows from their entries when the program first opens the file.
-- `attested.problem` and `attested.stamped` are not read any more: both follow from what stands here.

-- Certificates that the district's authority issued for heads' keys, newest last.
CREATE TABLE head_certificate (
    number      INTEGER PRIMARY KEY,
    serial      BLOB NOT NULL UNIQUE,
    village     TEXT NOT NULL,
    key         BLOB NOT NULL,
    certificate BLOB NOT NULL,
    not_before  INTEGER NOT NULL,
    not_after   INTEGER NOT NULL,
    officer     TEXT NOT NULL,
    issued_at   INTEGER NOT NULL,
    FOREIGN KEY (village, key) REFERENCES head_key (village, key)
) STRICT;
CREATE INDEX head_certificate_by_key ON head_certificate (village, key);

-- Signatures of the key made at `from_at` or later do not count.
CREATE TABLE head_revocation (
    village     TEXT NOT NULL,
    key         BLOB NOT NULL,
    from_at     INTEGER NOT NULL,
    reason      TEXT NOT NULL CHECK (reason IN ('compromised', 'office_ended', 'superseded')),
    officer     TEXT NOT NULL,
    note        TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (village, key),
    FOREIGN KEY (village, key) REFERENCES head_key (village, key)
) STRICT, WITHOUT ROWID;

-- One row per signed statement. `content` (the code on its pages) stands where the statement has a seal; `problem` says
-- in words what is wrong with its signatures; the token is the entry of the decisions that holds the time stamp.
CREATE TABLE statement (
    series       BLOB NOT NULL,
    seq          INTEGER NOT NULL,
    village      TEXT NOT NULL REFERENCES village (code),
    key          BLOB NOT NULL,
    signed_at    INTEGER NOT NULL,
    received_at  INTEGER NOT NULL,
    document     BLOB NOT NULL,
    content      BLOB,
    problem      TEXT,
    token_series BLOB,
    token_seq    INTEGER,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_by_key ON statement (village, key);
CREATE INDEX statement_by_content ON statement (content) WHERE content IS NOT NULL;
CREATE INDEX statement_by_document ON statement (document);

-- The newest meterai that a village gave for a statement; it counts where the statement is of that village. `serial` is a keyed HMAC: it says nothing
-- without the district's key. A serial that was refused is held by another document.
CREATE TABLE stamp (
    series  BLOB NOT NULL,
    seq     INTEGER NOT NULL,
    village TEXT NOT NULL REFERENCES village (code),
    serial  BLOB,
    refused INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (series, seq, village)
) STRICT, WITHOUT ROWID;
CREATE INDEX stamp_by_serial ON stamp (serial) WHERE serial IS NOT NULL;

-- Statements that their head took back.
CREATE TABLE withdrawal (
    series  BLOB NOT NULL,
    seq     INTEGER NOT NULL,
    village TEXT NOT NULL REFERENCES village (code),
    PRIMARY KEY (series, seq, village)
) STRICT, WITHOUT ROWID;

INSERT INTO stamp (series, seq, village)
SELECT DISTINCT attested.statement_series, attested.statement_seq, person.village
FROM attested
JOIN person ON person.series = attested.person_series AND person.seq = attested.person_seq
WHERE attested.stamped = 1;
