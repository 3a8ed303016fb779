"""The outside world: files, Parquet, threads. The only home of each."""
