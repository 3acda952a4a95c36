-- +goose Up
-- A draft that somebody else changed is not written over, nor started unseen.
ALTER TABLE push ADD COLUMN version INT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE push DROP COLUMN version;
