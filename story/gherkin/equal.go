package gherkin

import (
	"cmp"
	"slices"
)

// Equal reports whether two documents are the same but for positions.
func (d Document) Equal(other Document) bool {
	return samePointer(d.Feature, other.Feature, (*Feature).equal) &&
		sameComments(d.Comments, other.Comments)
}

// Equal reports whether two scenarios are the same but for positions.
func (s Scenario) Equal(other Scenario) bool { return s.equal(&other) }

func (f *Feature) equal(g *Feature) bool {
	return f.Language == g.Language && sameTags(f.Tags, g.Tags) &&
		f.Keyword == g.Keyword && f.Name == g.Name && f.Description == g.Description &&
		samePointer(f.Background, g.Background, (*Background).equal) &&
		sameSlice(f.Scenarios, g.Scenarios, (*Scenario).equal) &&
		sameSlice(f.Rules, g.Rules, (*Rule).equal)
}

func (r *Rule) equal(q *Rule) bool {
	return sameTags(r.Tags, q.Tags) &&
		r.Keyword == q.Keyword && r.Name == q.Name && r.Description == q.Description &&
		samePointer(r.Background, q.Background, (*Background).equal) &&
		sameSlice(r.Scenarios, q.Scenarios, (*Scenario).equal)
}

func (b *Background) equal(c *Background) bool {
	return b.Keyword == c.Keyword && b.Name == c.Name && b.Description == c.Description &&
		sameSlice(b.Steps, c.Steps, (*Step).equal)
}

func (s *Scenario) equal(t *Scenario) bool {
	return cmp.Or(s.Language, english.Language) == cmp.Or(t.Language, english.Language) &&
		sameTags(s.Tags, t.Tags) && s.Keyword == t.Keyword && s.Outline == t.Outline &&
		s.Name == t.Name && s.Description == t.Description &&
		sameSlice(s.Steps, t.Steps, (*Step).equal) &&
		sameSlice(s.Examples, t.Examples, (*Examples).equal) &&
		sameComments(s.Comments, t.Comments)
}

func (e *Examples) equal(f *Examples) bool {
	return sameTags(e.Tags, f.Tags) &&
		e.Keyword == f.Keyword && e.Name == f.Name && e.Description == f.Description &&
		samePointer(e.Header, f.Header, (*Row).equal) &&
		sameSlice(e.Body, f.Body, (*Row).equal)
}

func (s *Step) equal(t *Step) bool {
	return s.Keyword == t.Keyword && s.KeywordType == t.KeywordType && s.Text == t.Text &&
		samePointer(s.DataTable, t.DataTable, (*DataTable).equal) &&
		samePointer(s.DocString, t.DocString, (*DocString).equal)
}

func (t *DataTable) equal(u *DataTable) bool { return sameSlice(t.Rows, u.Rows, (*Row).equal) }

func (r *Row) equal(s *Row) bool {
	return slices.EqualFunc(r.Cells, s.Cells, func(c, d Cell) bool { return c.Value == d.Value })
}

func (d *DocString) equal(e *DocString) bool {
	return d.Delimiter == e.Delimiter && d.MediaType == e.MediaType && d.Content == e.Content
}

func sameTags(a, b []Tag) bool {
	return slices.EqualFunc(a, b, func(t, u Tag) bool { return t.Name == u.Name })
}

func sameComments(a, b []Comment) bool {
	return slices.EqualFunc(a, b, func(c, d Comment) bool { return c.Text == d.Text })
}

func samePointer[T any](a, b *T, equal func(a, b *T) bool) bool {
	if a == nil || b == nil {
		return a == b
	}
	return equal(a, b)
}

func sameSlice[T any](a, b []T, equal func(a, b *T) bool) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !equal(&a[i], &b[i]) {
			return false
		}
	}
	return true
}
