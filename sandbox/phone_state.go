package sandbox

import "net/http"

// phoneState is all that the phone's page shows, asked for once a second.
type phoneState struct {
	Account  string        `json:"account"`
	Site     string        `json:"site"`
	Users    []phoneUser   `json:"users"`
	People   []phonePerson `json:"people"`
	Pictures []picture     `json:"pictures"`
	Outcomes []FaceOutcome `json:"outcomes"`
	Chat     []Message     `json:"chat"`
	Menu     []MenuButton  `json:"menu"`
	SMS      []SMS         `json:"sms"`
	Codes    []Bill        `json:"codes"`
	// Scenes are the addresses in the account's QR codes of late that are still good.
	Scenes []string `json:"scenes"`
	Faults []Fault  `json:"faults"`
	// Authenticator are the codes of staff accounts.
	Authenticator []totpCode `json:"authenticator"`
}

// phoneUser is a WeChat user who can hold the phone.
type phoneUser struct {
	Key      string `json:"key"`
	Name     string `json:"name"`
	Follows  bool   `json:"follows"`
	Blocks   bool   `json:"blocks"`
	Snapshot bool   `json:"snapshot"`
}

// phonePerson is a demo student as the phone shows them, to copy number and phone from.
type phonePerson struct {
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	Sex      string      `json:"sex"`
	IDType   string      `json:"idType"`
	IDNumber string      `json:"idNumber"`
	Phone    string      `json:"phone"`
	Outcome  FaceOutcome `json:"outcome"`
}

// state answers with everything on the phone of ?user=D01.
func (p *phone) state(w http.ResponseWriter, r *http.Request) {
	world := p.sandbox.World("")
	user, err := world.User(r.URL.Query().Get("user"))
	if err != nil {
		answer(w, http.StatusNotFound, map[string]string{"error": err.Error()})
		return
	}
	p.webview.look(user.Key)
	s := phoneState{
		Account: collegeName, Site: p.webview.siteOrigin(), Pictures: pictures(), Outcomes: FaceOutcomes(),
		Chat: user.Chat, Menu: world.Menu(), SMS: world.SMSList(""), Faults: world.Faults(), Authenticator: world.Authenticator(),
	}
	for _, u := range world.Users() {
		s.Users = append(s.Users, phoneUser{u.Key, u.Name, u.Follows, u.Blocks, u.Snapshot})
	}
	for _, one := range world.People() {
		s.People = append(s.People, phonePerson{one.ID, one.libraryName(), one.Sex, one.IDType, one.IDNumber, one.Phone,
			world.Outcome(one.IDNumber)})
	}
	s.Scenes = world.Scenes()
	for _, bill := range world.Orders() {
		if bill.TradeType == "NATIVE" {
			s.Codes = append(s.Codes, bill)
		}
	}
	answer(w, http.StatusOK, s)
}
