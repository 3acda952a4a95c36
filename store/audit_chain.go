package store

import (
	"bytes"
	"context"
	"encoding/binary"
)

// auditHandful is how many lines of the audit log are chained or checked at a time.
const auditHandful = 500

type auditHeadRow struct {
	ID   int64  `db:"id"`
	Seq  int64  `db:"seq"`
	Head []byte `db:"head"`
}

// auditHead is where the chain of the audit log ends: the number of its last line, and the mac that all lines before led to.
type auditHead struct {
	seq   int64
	chain []byte
}

// next is the head after one more line.
func (h auditHead) next(k *Keys, line auditRow) auditHead {
	seq := h.seq + 1
	return auditHead{seq, k.mac("audit chain", h.chain, binary.BigEndian.AppendUint64(nil, uint64(seq)), line.Mac)}
}

// ChainAudit numbers the new lines of the audit log and chains them to those
// before, so that none can be changed or taken away unseen; it says whether more wait.
func (s *Store) ChainAudit(ctx context.Context) (more bool, err error) {
	first := auditHeadRow{ID: 1}
	if err := s.insert(ctx, "audit_head", first); err != nil && !s.IsTaken(err) {
		return false, err
	}
	err = s.InTx(ctx, func(tx *Store) error {
		if _, err := tx.exec(ctx, `UPDATE audit_head SET seq = seq WHERE id = 1`); err != nil { // whoever else chains waits
			return err
		}
		head, err := tx.auditHead(ctx)
		if err != nil {
			return err
		}
		var rows []auditRow
		if err := tx.list(ctx, &rows, `SELECT * FROM audit WHERE seq IS NULL ORDER BY id LIMIT ?`, auditHandful); err != nil || len(rows) == 0 {
			return err
		}
		more = len(rows) == auditHandful
		for _, line := range rows {
			head = head.next(tx.keys, line)
			if err := tx.guard(ctx, `UPDATE audit SET seq = ?, chain = ? WHERE id = ? AND seq IS NULL`, head.seq, head.chain, line.ID); err != nil {
				return err
			}
		}
		return tx.guard(ctx, `UPDATE audit_head SET seq = ?, head = ? WHERE id = 1`, head.seq, tx.keys.Seal("audit_head", "head", "1", head.bytes()))
	})
	return more, err
}

func (h auditHead) bytes() []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(h.seq)), h.chain...)
}

// auditHead opens the sealed end of the chain; an empty one before the first line.
func (s *Store) auditHead(ctx context.Context) (auditHead, error) {
	var rows []auditHeadRow
	if err := s.list(ctx, &rows, `SELECT * FROM audit_head WHERE id = 1`); err != nil || len(rows) == 0 || rows[0].Head == nil {
		return auditHead{}, err
	}
	plain, err := s.keys.Open("audit_head", "head", "1", rows[0].Head)
	if err != nil {
		return auditHead{}, err
	}
	return auditHead{int64(binary.BigEndian.Uint64(plain)), plain[8:]}, nil
}

// VerifyAudit goes through the whole audit log: how many lines it holds, and
// the number of the first that was changed or is missing, 0 where none is.
func (s *Store) VerifyAudit(ctx context.Context) (lines, broken int64, err error) {
	err = s.InTx(ctx, func(tx *Store) error {
		end, err := tx.auditHead(ctx)
		if err != nil {
			return err
		}
		at, err := tx.walkAudit(ctx, end.seq)
		if lines = at.seq; err != nil {
			return err
		}
		if !bytes.Equal(at.chain, end.chain) {
			broken = at.seq + 1
			return nil
		}
		broken, err = tx.strayAudit(ctx, end.seq)
		return err
	})
	return lines, broken, err
}

// strayAudit finds a line that was put in with a number outside the chain; a number below the first counts as 1.
func (s *Store) strayAudit(ctx context.Context, last int64) (int64, error) {
	var stray []int64
	err := s.list(ctx, &stray, `SELECT seq FROM audit WHERE seq < 1 OR seq > ? ORDER BY seq LIMIT 1`, last)
	if err != nil || len(stray) == 0 {
		return 0, err
	}
	return max(stray[0], 1), nil
}

// walkAudit walks along the chain while every line is whole and follows from the one before, and gives where it ends.
func (s *Store) walkAudit(ctx context.Context, last int64) (at auditHead, err error) {
	for {
		var rows []auditRow
		if err := s.list(ctx, &rows, `SELECT * FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`, at.seq, last, auditHandful); err != nil {
			return at, err
		}
		for _, line := range rows {
			next := at.next(s.keys, line)
			if *line.Seq != next.seq || !bytes.Equal(line.Mac, line.proof(s.keys)) || !bytes.Equal(line.Chain, next.chain) {
				return at, nil
			}
			at = next
		}
		if len(rows) < auditHandful {
			return at, nil
		}
	}
}
