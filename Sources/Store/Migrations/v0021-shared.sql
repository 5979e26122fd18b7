-- The same thing in the lists of two submissions: one look-up by key over all lists.
CREATE INDEX sheet_row_by_key ON sheet_row (key, sheet) WHERE until IS NULL AND key <> '';
