-- From schema 2: the full-text index holds one word for each thing that has several names.
DELETE FROM passages_fts;
INSERT INTO passages_fts (rowid, title, text)
SELECT p.rowid, folded(v.title), folded(substr(v.text, p.start + 1, p."end" - p.start))
  FROM passages p JOIN versions v ON v.id = p.version_id WHERE v.status = 'live';
