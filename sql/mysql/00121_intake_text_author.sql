-- +goose Up
ALTER TABLE intake_text ADD COLUMN changed_by VARCHAR(64) NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE intake_text DROP COLUMN changed_by;
