INSERT INTO head_revocation (village, key, from_at, reason, officer, note, recorded_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (village, key) DO UPDATE SET
    from_at = excluded.from_at, reason = excluded.reason, officer = excluded.officer, note = excluded.note,
    recorded_at = excluded.recorded_at;
