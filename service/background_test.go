package service_test

import (
	"context"
	"testing"
	"time"

	"xinsheng/service"
)

// TestBackgroundTellsWhoHadNoTurn: no room, no slot in time, and the end of the
// program all reach a job as a context that has ended.
func TestBackgroundTellsWhoHadNoTurn(t *testing.T) {
	b := service.NewBackground(1, 2)
	started, release, ended := make(chan struct{}), make(chan struct{}), make(chan error, 3)
	b.Go(time.Hour, func(ctx context.Context) {
		close(started)
		<-release
	})
	<-started
	tell := func(ctx context.Context) { ended <- ctx.Err() }
	b.Go(time.Millisecond, tell) // its time begins before its turn
	if err := <-ended; err != context.DeadlineExceeded {
		t.Errorf("out of time: %v", err)
	}
	for waits := time.Now(); len(ended) == 0 && time.Since(waits) < time.Minute; time.Sleep(time.Millisecond) {
		b.Go(time.Hour, tell) // until both places are taken
	}
	if err := <-ended; err != context.Canceled {
		t.Errorf("no room: %v", err)
	}
	go func() {
		for len(ended) == 0 {
			time.Sleep(time.Millisecond)
		}
		close(release) // those that wait gave up while the first still ran
	}()
	b.Close()
	if err := <-ended; err != context.Canceled {
		t.Errorf("at the end: %v", err)
	}
}
