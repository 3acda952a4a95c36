-- +goose Up
ALTER TABLE outbox ADD KEY outbox_registration (registration_id, created_at);

-- +goose Down
ALTER TABLE outbox DROP KEY outbox_registration;
