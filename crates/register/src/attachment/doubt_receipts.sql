UPDATE file SET kept_at = NULL, receipt = NULL WHERE kept_at IS NOT NULL
