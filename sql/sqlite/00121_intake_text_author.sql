-- +goose Up
ALTER TABLE intake_text ADD COLUMN changed_by TEXT NOT NULL DEFAULT '' CHECK (length(changed_by) <= 64);

-- +goose Down
ALTER TABLE intake_text DROP COLUMN changed_by;
