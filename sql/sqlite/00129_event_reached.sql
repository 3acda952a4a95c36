-- +goose Up
CREATE INDEX event_reached ON registration_event (to_status, at);

-- +goose Down
DROP INDEX event_reached;
