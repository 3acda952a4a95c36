//go:build faults

package faults

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"xinsheng/test/world"
)

// patience is how long anything may take before a round is given up; what is
// asked for is far quicker, and the table shows it.
const patience = 45 * time.Second

// program is one running process of the real program.
type program struct {
	t       *testing.T
	command *exec.Cmd
	log     bytes.Buffer
	ended   chan struct{}
}

// start runs the program in a world until it ends; with a mark it kills itself there.
func start(t *testing.T, w *world.World, listen, mark string) *program {
	t.Helper()
	p := &program{t: t, command: exec.Command(os.Getenv("FAULT_PROGRAM"), "serve"), ended: make(chan struct{})}
	p.command.Dir = t.TempDir()
	p.command.Env = append(w.Environment(listen, siteOf(listen)), "XINSHENG_MARK="+mark)
	p.command.Stderr = &p.log
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.command.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = p.command.Process.Kill()
		<-p.ended
		if t.Failed() {
			t.Logf("the program, mark %q, said:\n%s", mark, &p.log)
		}
	})
	eventually(t, "the program listens", func() bool {
		select {
		case <-p.ended:
			t.Fatal("the program ended at its start")
		default:
		}
		c, err := net.Dial("tcp", listen)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	return p
}

// killed waits until the program has killed itself at its mark.
func (p *program) killed() {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatal("the mark was never reached")
	}
	if status, ok := p.command.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
		p.t.Fatalf("ended by %s, not by the mark", p.command.ProcessState)
	}
}

// stop ends the program as an operator does.
func (p *program) stop() {
	p.t.Helper()
	_ = p.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatal("the program did not end")
	}
	if !p.command.ProcessState.Success() {
		p.t.Errorf("ended by %s", p.command.ProcessState)
	}
}

// freeAddress is an address that nothing listens on, outside the ports that outgoing connections take.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		address := fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(12000))
		if l, err := net.Listen("tcp", address); err == nil {
			l.Close()
			return address
		}
	}
	t.Fatal("no free port")
	return ""
}

func siteOf(listen string) string { return "http://localhost" + listen[len("127.0.0.1"):] }

// eventually waits for what must come about soon.
func eventually(t *testing.T, what string, come func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !come(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within %s: %s", patience, what)
		}
	}
}
