package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// importBytes bounds an export of a tracker.
const importBytes = 32 << 20

type importAnswer struct {
	Seq    uint64          `json:"seq"` // the product's version afterwards
	Text   string          `json:"text"`
	Report exchange.Report `json:"report"`
}

func importRoute() route {
	return route{
		method: http.MethodPost, path: importPath, media: "application/octet-stream",
		summary: "bring in what a tracker exported: the body is the file",
		query:   []parameter{{"name", "of the file, which says more of its format"}, {"dry", "1: only report what would become of it"}},
		out:     reflect.TypeFor[importAnswer](), serve: (*server).importFile,
	}
}

const importPath = "/api/products/{product}/import"

// importFile brings a file in. What the file has no place for, and what was unclear in it, is in the report.
func (s *server) importFile(c *call) error {
	query := c.URL.Query()
	if err := s.view(c.Context(), c.product, c.person, func(*backlog.View) error { return nil }); err != nil {
		return err
	}
	free, ok := s.imports.take(c.person)
	if !ok {
		return errBusy
	}
	defer free()
	body, err := io.ReadAll(c.Body)
	if err != nil {
		return err
	}
	answer, err := s.bring(c.Context(), c.product, c.person, query.Get("name"), body, query.Get("dry") != "")
	if err != nil {
		return err
	}
	c.w.Header().Set("ETag", etag(answer.Seq))
	return c.answer(answer)
}

func (s *server) bring(ctx context.Context, product, person, name string, file []byte, dry bool) (answer importAnswer, err error) {
	document, err := exchange.Read(bytes.NewReader(file), exchange.Options{Name: name})
	if err != nil {
		return answer, malformed(fmt.Sprintf("the file cannot be read: %.500s", err))
	}
	choose := func(v *backlog.View) (changes []backlog.Change, err error) {
		if !isMember(v, person) {
			return nil, errNoSuchProduct
		}
		changes, answer.Report, err = document.Import(v, document.Mapping())
		answer.Seq, answer.Text = v.Seq(), answer.Report.String()
		return changes, err
	}
	if dry {
		return answer, s.products.View(ctx, product, func(v *backlog.View) error { _, err := choose(v); return err })
	}
	events, err := s.products.Update(ctx, product, backlog.Actor{Name: person}, s.now(), backlog.DecideOptions{}, choose)
	if n := len(events); n > 0 {
		answer.Seq = events[n-1].Seq
	}
	return answer, err
}

// importAtStart brings a file into a product that is called after it, for the people of the demo, and returns its name
// and what became of the file. If the product is there already, it gets what is new in the file.
func (s *server) importAtStart(ctx context.Context, file string) (product, report string, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", "", err
	}
	product = productNameOf(file)
	for _, person := range demoPeople() {
		var changes []backlog.Change
		for _, grant := range person.grants {
			changes = append(changes, backlog.GrantRole{Person: person.Name, Role: grant.Role, Team: grant.Team})
		}
		err := s.products.View(ctx, product, func(v *backlog.View) error {
			if isMember(v, person.Name) {
				changes = nil
			}
			return nil
		})
		if err == nil && len(changes) > 0 {
			_, err = s.products.Execute(ctx, product, changes, founder, s.now(), backlog.DecideOptions{})
		}
		if err != nil {
			return product, "", err
		}
	}
	answer, err := s.bring(ctx, product, demoPeople()[0].Name, filepath.Base(file), data, false)
	return product, answer.Text, err
}

// productNameOf makes the name of a product of that of a file.
func productNameOf(file string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))))
	name = strings.Trim(name[:min(len(name), 63)], "-")
	if name == "" {
		return "imported"
	}
	return name
}
