PRAGMA cache_size = -131072;
PRAGMA wal_autocheckpoint = 4000;
