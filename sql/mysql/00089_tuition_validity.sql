-- +goose Up
ALTER TABLE tuition
  ADD COLUMN valid_from BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN valid_until BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE tuition
  DROP COLUMN valid_from,
  DROP COLUMN valid_until;
