package sandbox

import (
	"fmt"
	"sync"
	"time"
)

// World is one college's outside world: an official account with its followers, a merchant, a cloud account.
// All methods may be called from many goroutines.
type World struct {
	sandbox     *Sandbox
	credentials Credentials // never change, so they are read without the lock
	mu          sync.Mutex
	data        *worldData
}

// worldData is what a world remembers, and what stands in the state file.
type worldData struct {
	Credentials Credentials
	Site        string        // public address of the site that gets this world's callbacks
	Ahead       time.Duration // by how much `advance` has moved this world's clock
	Skew        time.Duration // by how much our signatures' timestamps are wrong
	Seq         int64         // grows with every change that a phone can see

	Users    []*User
	index    map[string]*User // by key and openid, see user
	indexed  int
	Outcomes map[string]FaceOutcome // by document number; goes before the person's own
	Downs    map[string]int         // by document number: how often the face service was down for it

	Account accountData
	Texts   []SMS
	SMS     smsRules
	Pay     payData
	Faults  []*Fault
	Calls   []Call
	Pushes  []*push // message events on their way to the site

	Authenticator []totpEntry
}

func newWorldData(c Credentials, config Config) *worldData {
	d := &worldData{
		Credentials: c,
		Site:        config.Site,
		Outcomes:    map[string]FaceOutcome{},
		Downs:       map[string]int{},
		Account:     newAccountData(),
		SMS:         smsRules{PerDay: 30},
		Pay:         newPayData(),
	}
	for _, p := range config.People {
		d.Users = append(d.Users, newUser(c.AppID, p.ID, p.Name))
	}
	d.Users = append(d.Users, standingUsers(c.AppID)...)
	return d
}

// Credentials are the ids, keys and templates of this world.
func (w *World) Credentials() Credentials { return w.credentials }

// People lists the demo persons that this world knows.
func (w *World) People() []Person { return w.sandbox.config.People }

// Seq grows with everything that a phone can see (messages, SMS, menu, orders), so that it can ask "anything new?".
func (w *World) Seq() int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.data.Seq
}

// SetSite says where this world's message callbacks go and which host may ask for web authorisation.
func (w *World) SetSite(url string) {
	defer w.change()()
	w.data.Site = url
}

// Advance moves this world's clock, by which tokens, codes, orders and retries age. Signatures keep real time.
func (w *World) Advance(d time.Duration) {
	defer w.change()()
	w.data.Ahead += d
}

// SetOutcome changes what the face service says about a document number; FacePass takes the change back.
func (w *World) SetOutcome(idNumber string, outcome FaceOutcome) error {
	if outcome != FacePass && !known(outcome) {
		return fmt.Errorf("no face outcome %q", outcome)
	}
	defer w.change()()
	delete(w.data.Downs, idNumber)
	delete(w.data.Outcomes, idNumber)
	if outcome != FacePass {
		w.data.Outcomes[idNumber] = outcome
	}
	return nil
}

// Outcome is what the face service will say about a document number if the picture is good.
func (w *World) Outcome(idNumber string) FaceOutcome {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.outcome(idNumber)
}

func (w *World) outcome(idNumber string) FaceOutcome {
	if o, ok := w.data.Outcomes[idNumber]; ok {
		return o
	}
	if p, ok := w.person(idNumber); ok {
		return p.Face
	}
	return FacePass
}

func (w *World) person(idNumber string) (Person, bool) {
	for _, p := range w.sandbox.config.People {
		if p.IDNumber == idNumber {
			return p, true
		}
	}
	return Person{}, false
}

func known(outcome FaceOutcome) bool {
	for _, o := range FaceOutcomes() {
		if o == outcome {
			return true
		}
	}
	return false
}

// now is the world's own time; callers hold the lock.
func (w *World) now() time.Time { return w.sandbox.config.Now().Add(w.data.Ahead) }

// change locks the world and gives back what unlocks it and marks it changed: defer w.change()().
func (w *World) change() func() {
	w.mu.Lock()
	return func() {
		w.data.Seq++
		w.mu.Unlock()
		w.sandbox.changed()
	}
}
