UPDATE series SET origin = 'former' WHERE origin = 'own' AND kind = 'shared'
