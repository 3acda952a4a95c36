package store

import (
	"context"
	"encoding/json"

	"xinsheng/enroll"
)

type factRow struct {
	ID            string `db:"id"`
	Source        string `db:"source"`
	SourceID      string `db:"source_id"`
	OutTradeNo    string `db:"out_trade_no"`
	TransactionID string `db:"transaction_id"`
	TradeState    string `db:"trade_state"`
	AmountFen     int64  `db:"amount_fen"`
	ReceivedAt    int64  `db:"received_at"`
	Content       []byte `db:"content"`
}

// AddFact keeps what WeChat Pay said, sealed and once; IsTaken tells a repetition.
func (s *Store) AddFact(ctx context.Context, f enroll.PaymentFact) error {
	content, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return s.insert(ctx, "payment_fact", factRow{
		ID: f.ID, Source: f.Source, SourceID: f.SourceID, OutTradeNo: f.OutTradeNo, TransactionID: f.TransactionID,
		TradeState: f.TradeState, AmountFen: f.AmountFen, ReceivedAt: millis(f.ReceivedAt),
		Content: s.keys.Seal("payment_fact", "content", f.ID, content),
	})
}

// Facts lists what WeChat Pay said about an order, the oldest first.
func (s *Store) Facts(ctx context.Context, outTradeNo string) ([]enroll.PaymentFact, error) {
	var rows []factRow
	if err := s.list(ctx, &rows, `SELECT * FROM payment_fact WHERE out_trade_no = ? ORDER BY received_at, id`, outTradeNo); err != nil {
		return nil, err
	}
	facts := make([]enroll.PaymentFact, len(rows))
	for i, r := range rows {
		content, err := s.keys.Open("payment_fact", "content", r.ID, r.Content)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(content, &facts[i]); err != nil {
			return nil, err
		}
	}
	return facts, nil
}
