SELECT village, key, from_at, reason, officer, note, recorded_at FROM head_revocation
WHERE village = ?1 AND key = ?2;
