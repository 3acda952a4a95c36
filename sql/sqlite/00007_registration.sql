-- +goose Up
CREATE TABLE registration (
  id                TEXT NOT NULL CHECK (length(id) = 36),
  intake_id         TEXT NOT NULL CHECK (length(intake_id) = 36),
  student_id        TEXT NOT NULL CHECK (length(student_id) = 36),
  exam_no           TEXT NOT NULL CHECK (length(exam_no) <= 30),
  program_id        TEXT NOT NULL CHECK (length(program_id) = 36),
  point_id          TEXT NOT NULL CHECK (length(point_id) = 36),
  grade             INTEGER NOT NULL DEFAULT 0,
  name              TEXT NOT NULL CHECK (length(name) <= 100),
  sex               TEXT NOT NULL CHECK (length(sex) <= 4),
  ethnic            TEXT NOT NULL CHECK (length(ethnic) <= 30),
  politics          TEXT NOT NULL CHECK (length(politics) <= 30),
  birth_date        BLOB NULL CHECK (length(birth_date) <= 400),
  roster_phone      BLOB NULL CHECK (length(roster_phone) <= 400),
  roster_phone_hash BLOB NULL CHECK (length(roster_phone_hash) = 16),
  postcode          TEXT NOT NULL DEFAULT '' CHECK (length(postcode) <= 10),
  status            TEXT NOT NULL CHECK (length(status) <= 20),
  earlier           TEXT NOT NULL DEFAULT '' CHECK (length(earlier) <= 20),
  version           INTEGER NOT NULL DEFAULT 0,
  prepared_at       INTEGER NOT NULL DEFAULT 0,
  identity_at       INTEGER NOT NULL DEFAULT 0,
  started_at        INTEGER NOT NULL DEFAULT 0,
  submitted_at      INTEGER NOT NULL DEFAULT 0,
  approved_at       INTEGER NOT NULL DEFAULT 0,
  signed_at         INTEGER NOT NULL DEFAULT 0,
  extension_at      INTEGER NOT NULL DEFAULT 0,
  until_at          INTEGER NOT NULL DEFAULT 0,
  face              TEXT NOT NULL CHECK (length(face) <= 20),
  created_at        INTEGER NOT NULL DEFAULT 0,
  updated_at        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  CONSTRAINT registration_person UNIQUE (intake_id, student_id),
  CONSTRAINT registration_exam UNIQUE (intake_id, exam_no),
  CHECK (status IN ('open', 'submitted', 'returned', 'payable', 'registered', 'reserve_pending', 'reserved', 'resume_pending', 'resumed', 'give_up_pending', 'given_up', 'lapsed', 'cancelled')),
  CHECK (face IN ('asked', 'passed', 'failed', 'archived', 'approved', 'rejected'))
) STRICT;

CREATE INDEX registration_student ON registration (student_id);
CREATE INDEX registration_status ON registration (intake_id, status);

-- +goose Down
DROP TABLE registration;
