-- In which language letters are written: chosen beside the contact, kept with every letter when it is queued.
ALTER TABLE contact ADD COLUMN language TEXT NOT NULL DEFAULT 'zh-Hans' CHECK (language IN ('zh-Hans', 'en'));
ALTER TABLE outbox ADD COLUMN language TEXT NOT NULL DEFAULT 'zh-Hans' CHECK (language IN ('zh-Hans', 'en'));

-- What the machine read of a stamped scan (pages, how the version was told, the page on which something like a red round
-- stamp was found, 0 for none), and who looked at it and says that stamp and signature are there.
ALTER TABLE stamped_scan ADD COLUMN pages INTEGER CHECK (pages >= 1);
ALTER TABLE stamped_scan ADD COLUMN way TEXT CHECK (way IN ('code', 'text'));
ALTER TABLE stamped_scan ADD COLUMN stamp_page INTEGER CHECK (stamp_page >= 0);
ALTER TABLE stamped_scan ADD COLUMN seen_by TEXT;
ALTER TABLE stamped_scan ADD COLUMN seen_at_ms INTEGER CHECK ((seen_at_ms IS NULL) = (seen_by IS NULL));
