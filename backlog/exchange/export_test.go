package exchange

// Missing returns what of a document is not the same in another.
func Missing(d, back *Document) []Loss {
	c := comparison{format: back.Format, losses: []Loss{}}
	c.match(d.Items, back.Items)
	for i := range d.Items {
		c.item(&d.Items[i])
	}
	c.links(d.Links, back.Links)
	return c.losses
}

// IsJSON reports whether text is one JSON value.
func IsJSON(text string) bool { return isJSON(text) }

// InstantDate reads a date in one form only. It reports whether it is in that form, and whether it is what is read
// where any form is expected.
func InstantDate(text string) (ok, isSame bool) {
	d, ok := instantDate(text)
	slow, isDate := slowDate(text)
	return ok, ok && isDate && d == slow
}
