package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/urfave/cli/v3"
)

func serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "serve the site and do the work behind it, until Ctrl-C",
		Action: func(ctx context.Context, cmd *cli.Command) error {
			cfg, err := validConfig(cmd)
			if err != nil {
				return err
			}
			if len(cfg.KV.Addresses) == 0 {
				unlock, err := lockData(cfg.Data)
				if err != nil {
					return err
				}
				defer unlock()
			}
			listener, err := listen(cfg.Listen)
			if err != nil {
				return err
			}
			defer listener.Close()
			a, err := wire(ctx, cfg)
			if err != nil {
				return err
			}
			defer a.Close()
			return a.serve(ctx, listener)
		},
	}
}

// listen takes an address, and says what to do where another program has it.
func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is taken by another program: end that one, or choose another address "+
			"(`listen` in the configuration; PORT and SANDBOX_PORT for make run)", address)
	}
	return l, err
}

// serve runs the site and its workers until ctx ends, then lets requests finish.
func (a *app) serve(ctx context.Context, listener net.Listener) error {
	h, err := a.handler()
	if err != nil {
		return err
	}
	if a.kv.Embedded() {
		a.log.Warn("sessions and codes live in this process: a restart asks people to log in again; configure kv.addresses for more than first runs")
	}
	work, stop := context.WithCancel(ctx)
	defer stop()
	var running sync.WaitGroup
	if a.metrics != nil {
		figures, err := listen(a.cfg.Metrics)
		if err != nil {
			return err
		}
		running.Go(func() { a.logEnd("metrics", serveUntil(work, figures, a.metrics.handler())) })
	}
	for name, run := range a.workers() {
		running.Go(func() {
			if err := run(work); work.Err() == nil {
				a.logEnd(name, err)
			}
		})
	}
	a.log.Info("serving", "address", listener.Addr().String(), "public", a.cfg.PublicURL)
	err = serveUntil(ctx, listener, h)
	stop()
	running.Wait()
	return err
}

func (a *app) logEnd(worker string, err error) {
	if err != nil {
		a.log.Error("worker ended", "worker", worker, "error", err)
	}
}

// workers are what goes on behind the pages, each until its context ends.
func (a *app) workers() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"kv":        a.kv.Run,
		"outbox":    a.service.RunOutbox,
		"audit":     a.service.RunAuditChain,
		"jobs":      a.service.RunJobs,
		"sweeper":   a.service.RunSweeper,
		"files":     a.service.RunFileSweep,
		"retention": a.service.RunRetention,
		"reminders": a.service.RunReminders,
		"digest":    a.service.RunDigest,
		"push":      a.service.RunPush,
		"receipts":  a.service.RunReceipts,
		"followers": a.service.RunFollowers,
	}
}

// drain is how long requests may take to finish after the end was asked for.
const drain = 30 * time.Second

func serveUntil(ctx context.Context, listener net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 60 * time.Second,
		WriteTimeout: 90 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	err := server.Shutdown(closing)
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// lockData refuses a second server on one data folder, which would not know of
// the first one's sessions and sandbox.
func lockData(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("another server uses the data folder %s: end that one, or choose another folder "+
			"(`data` in the configuration; DATA for make run); several servers need kv.addresses and database.driver mysql", dir)
	}
	return func() { f.Close() }, nil
}
