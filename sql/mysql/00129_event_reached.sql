-- +goose Up
ALTER TABLE registration_event ADD KEY event_reached (to_status, at);

-- +goose Down
ALTER TABLE registration_event DROP KEY event_reached;
