SELECT device, at, officer, note FROM revoked_device ORDER BY at, device
