package handler

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"xinsheng/enroll"
)

// node is a mapping of docs/openapi.yaml.
type node = map[string]any

func readOpenAPI(t *testing.T) node {
	t.Helper()
	body, err := os.ReadFile("../docs/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var doc node
	if err := yaml.Unmarshal(body, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// part walks down to a mapping, and to an empty one where the way ends.
func part(n node, way ...string) node {
	for _, name := range way {
		n, _ = n[name].(node)
	}
	return n
}

var pathParameter = regexp.MustCompile(`:([a-z]+)`)

// TestOpenAPIHoldsTheRoutes compares what is described with what is registered, both ways.
func TestOpenAPIHoldsTheRoutes(t *testing.T) {
	engine, err := (&Handler{}).engine()
	if err != nil {
		t.Fatal(err)
	}
	var registered, described []string
	for _, r := range engine.Routes() {
		registered = append(registered, r.Method+" "+pathParameter.ReplaceAllString(r.Path, "{$1}"))
	}
	for path, operations := range part(readOpenAPI(t), "paths") {
		for method := range operations.(node) {
			if method != "parameters" {
				described = append(described, strings.ToUpper(method)+" "+path)
			}
		}
	}
	compare(t, "routes", described, registered)
}

// TestOpenAPIHoldsTheWrites: what changes something under /api says that it comes from our own pages.
func TestOpenAPIHoldsTheWrites(t *testing.T) {
	for path, operations := range part(readOpenAPI(t), "paths") {
		for method, operation := range operations.(node) {
			if method == "parameters" || method == "get" || !strings.HasPrefix(path, "/api/") {
				continue
			}
			if !strings.Contains(fmt.Sprint(operation), "#/components/parameters/Own") {
				t.Errorf("%s %s lacks the parameter Own", method, path)
			}
		}
	}
}

// TestOpenAPIHoldsTheWords compares lists of words with those of enroll.
func TestOpenAPIHoldsTheWords(t *testing.T) {
	schemas := part(readOpenAPI(t), "components", "schemas")
	compare(t, "reasons", words(schemas, "Reason"), texts(enroll.Reasons()))
	compare(t, "codes", words(schemas, "ErrorBody", "properties", "code"), texts(slices.Collect(maps.Keys(statuses))))
	var states, documents, steps []string
	for _, row := range enroll.Statuses {
		states = append(states, string(row.Status))
	}
	for _, row := range enroll.DocumentTypes {
		documents = append(documents, string(row.Type))
	}
	for _, step := range enroll.Steps(enroll.Facts{Level: enroll.CollegeToBachelor}) {
		steps = append(steps, string(step.Key))
	}
	var kinds []string
	for _, rule := range enroll.ApplicationRules {
		kinds = append(kinds, string(rule.Kind))
	}
	compare(t, "kinds of applications", words(schemas, "ApplicationKind"), kinds)
	compare(t, "statuses", words(schemas, "Me", "properties", "status"), states)
	compare(t, "document types", words(schemas, "CodeRequest", "properties", "id_type"), documents)
	compare(t, "steps", words(schemas, "Step", "properties", "key"), steps)
}

// TestOpenAPIHoldsTheViews compares each schema's properties with the fields of the view that renders it.
func TestOpenAPIHoldsTheViews(t *testing.T) {
	schemas := part(readOpenAPI(t), "components", "schemas")
	for schema, view := range map[string]any{
		"School": schoolView{}, "Contacts": contactsView{}, "Intake": intakeView{}, "Text": textView{}, "TuitionRow": tuitionRowView{},
		"PrepareItem": prepareItemView{}, "Challenge": challengeView{}, "Me": meView{}, "Choice": choiceView{}, "Option": optionView{},
		"Step": enroll.Step{}, "IdentityState": identityView{}, "ReturnedItem": returnedView{}, "MeBill": meBillView{}, "BillItem": enroll.BillItem{},
		"IdentityRows": identityRowsView{}, "IdentityRow": identityRowView{}, "Form": formView{}, "SectionForm": sectionFormView{}, "Field": fieldView{},
		"Saved": savedView{}, "Attachments": attachmentsView{}, "AttachmentKind": attachmentKindView{}, "File": fileView{}, "Proof": enroll.Proof{},
		"ProofState": proofView{}, "ProofKind": proofKindView{}, "Review": reviewView{}, "ReviewSection": reviewSection{}, "ReviewRow": reviewRow{},
		"BillPreview": billPreview{}, "Commitment": commitmentView{}, "Event": eventView{}, "ApplicationForm": applicationFormView{}, "ReserveReason": reserveReasonView{}, "ResumeOffer": resumeView{}, "Place": choiceOf{},
		"Fact": factView{}, "ResumeFact": resumeFactView{}, "ApplicationDraft": draftBody{}, "Application": applicationView{}, "Mark": enroll.Mark{}, "Handoff": handoffView{}, "Handed": handedView{}, "ErrorBody": errorView{},
		"CorrectionForm": correctionFormView{}, "CorrectionField": correctionFieldView{}, "Correction": correctionView{}, "NameCheck": nameCheckView{},
	} {
		compare(t, "fields of "+schema, slices.Collect(maps.Keys(part(schemas, schema, "properties"))), fieldsOf(view))
	}
}

// fieldsOf names the JSON fields of a view.
func fieldsOf(view any) []string {
	var fields []string
	kind := reflect.TypeOf(view)
	for i := range kind.NumField() {
		name, _, _ := strings.Cut(kind.Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" {
			fields = append(fields, name)
		}
	}
	return fields
}

var reference = regexp.MustCompile(`#/components/([a-zA-Z]+)/([A-Za-z]+)`)

// TestOpenAPIStandsTogether: each reference leads somewhere, and each shared part is used.
func TestOpenAPIStandsTogether(t *testing.T) {
	doc := readOpenAPI(t)
	var used, shared []string
	for _, found := range reference.FindAllStringSubmatch(fmt.Sprint(doc), -1) {
		used = append(used, found[1]+"/"+found[2])
	}
	for kind, members := range part(doc, "components") {
		for name := range members.(node) {
			if kind != "securitySchemes" {
				shared = append(shared, kind+"/"+name)
			}
		}
	}
	compare(t, "shared parts", shared, used)
}

func words(n node, way ...string) []string {
	var list []string
	all, _ := part(n, way...)["enum"].([]any)
	for _, word := range all {
		list = append(list, fmt.Sprint(word))
	}
	return list
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// compare tells what docs/openapi.yaml lacks and what it has too much.
func compare(t *testing.T, what string, described, real []string) {
	t.Helper()
	for _, name := range real {
		if !slices.Contains(described, name) {
			t.Errorf("%s: docs/openapi.yaml lacks %s", what, name)
		}
	}
	for _, name := range described {
		if !slices.Contains(real, name) {
			t.Errorf("%s: docs/openapi.yaml has %s, which is gone", what, name)
		}
	}
	if len(described) == 0 {
		t.Errorf("%s: nothing is described", what)
	}
}
