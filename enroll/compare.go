package enroll

// CompareRow sets what the sources say of one fact side by side (比对): the
// roster, the form, and the identity document. An empty source says nothing.
type CompareRow struct {
	Label    string `json:"label"`
	Roster   string `json:"roster"`
	Form     string `json:"form"`
	Document string `json:"document"`
	// Differs says that two sources contradict each other.
	Differs bool `json:"differs"`
}

// Compare makes the row of a fact; width, spaces and the forms of names make no difference.
func Compare(label, roster, form, document string) CompareRow {
	row := CompareRow{Label: label, Roster: roster, Form: form, Document: document}
	said := ""
	for _, value := range []string{roster, form, document} {
		value = strip(HalfWidth(value))
		switch {
		case value == "":
		case said == "":
			said = value
		case !SameName(said, value):
			row.Differs = true
		}
	}
	return row
}
