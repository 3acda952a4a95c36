-- +goose Up
ALTER TABLE application ADD COLUMN filer TEXT NOT NULL DEFAULT '' CHECK (length(filer) <= 36);

-- +goose Down
ALTER TABLE application DROP COLUMN filer;
