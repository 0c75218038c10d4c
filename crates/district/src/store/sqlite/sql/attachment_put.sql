INSERT INTO attachment (village, digest, bytes, media, kept, touched_at, receipt, refused, mismatches)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (village, digest) DO UPDATE SET
    bytes = excluded.bytes,
    media = excluded.media,
    kept = excluded.kept,
    touched_at = excluded.touched_at,
    receipt = excluded.receipt,
    refused = excluded.refused,
    mismatches = excluded.mismatches
