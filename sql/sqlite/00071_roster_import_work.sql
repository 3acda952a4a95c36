-- +goose Up
ALTER TABLE roster_import ADD COLUMN job_id TEXT NOT NULL DEFAULT '' CHECK (length(job_id) <= 36);
ALTER TABLE roster_import ADD COLUMN account TEXT NOT NULL DEFAULT '' CHECK (length(account) <= 64);
ALTER TABLE roster_import ADD COLUMN ignored TEXT NOT NULL DEFAULT '' CHECK (length(ignored) <= 500);
ALTER TABLE roster_import ADD COLUMN undo_at INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE roster_import DROP COLUMN undo_at;
ALTER TABLE roster_import DROP COLUMN ignored;
ALTER TABLE roster_import DROP COLUMN account;
ALTER TABLE roster_import DROP COLUMN job_id;
