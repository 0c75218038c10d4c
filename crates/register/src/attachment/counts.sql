WITH standing AS (
    SELECT here,
           kept_at IS NOT NULL AS kept,
           EXISTS (SELECT 1 FROM file_refusal WHERE file_refusal.digest = file.digest) AS refused,
           EXISTS (SELECT 1 FROM attachment
                   WHERE attachment.digest = file.digest AND seq IS NOT NULL AND removed_at IS NULL)
           OR EXISTS (SELECT 1 FROM stamp_file WHERE stamp_file.digest = file.digest) AS announced,
           EXISTS (SELECT 1 FROM attachment
                   WHERE attachment.digest = file.digest AND seq IS NULL AND removed_at IS NULL) AS drafted
    FROM file
)
SELECT coalesce(sum(announced), 0),
       coalesce(sum(announced AND NOT refused AND kept), 0),
       coalesce(sum(announced AND NOT refused AND NOT kept AND here), 0),
       coalesce(sum(announced AND NOT refused AND NOT kept AND NOT here), 0),
       coalesce(sum(announced AND NOT refused AND NOT here), 0),
       coalesce(sum(announced AND refused), 0),
       coalesce(sum(drafted AND NOT announced), 0)
FROM standing
