"""The ground floor: array aliases, errors, digests, memos and cells of spreadsheets, which other floors share."""
