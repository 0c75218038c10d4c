SELECT max(at) FROM sync_attempt WHERE succeeded = 1
