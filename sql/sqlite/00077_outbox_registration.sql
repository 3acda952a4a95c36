-- +goose Up
CREATE INDEX outbox_registration ON outbox (registration_id, created_at);

-- +goose Down
DROP INDEX outbox_registration;
