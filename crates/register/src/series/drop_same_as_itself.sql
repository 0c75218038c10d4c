DELETE FROM twin WHERE series = same_series AND seq = same_seq
