package main

import (
	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// methods returns every method that a sheet can be ranked by, the default first. A further method is a further
// entry of package catalogue.
func methods() []method {
	return []method{
		rankedBy(catalogue.WSJF), rankedBy(catalogue.RICE), rankedBy(catalogue.MoSCoW), rankedBy(catalogue.CD3),
		rankedBy(catalogue.ICE), rankedBy(catalogue.ICEMean), rankedBy(catalogue.Kano),
		rankedBy(catalogue.Opportunity), rankedBy(catalogue.OpportunitySurvey), rankedBy(catalogue.ValueEffort),
		rankedBy(catalogue.Wiegers), rankedBy(catalogue.RelativeWeighting), rankedBy(catalogue.Eisenhower),
		rankedBy(catalogue.Weighted), rankedBy(catalogue.Votes), rankedBy(catalogue.ThemeScreening),
		rankedBy(catalogue.BuyFeature), rankedBy(catalogue.Urgency),
	}
}

func methodNames() []string {
	var names []string
	for _, m := range methods() {
		names = append(names, m.name)
	}
	return names
}

// cells are those of one row, with which of them some method has read, and which none could.
type cells struct {
	catalogue.Cells
	read   map[command.Place]bool   // by any method
	unread map[command.Place]string // what is wrong, to the first method that tried
}

func (s *sheet) cellsOf(row int) *cells {
	c := &cells{read: make(map[command.Place]bool), unread: make(map[command.Place]string)}
	c.Cells = catalogue.Cells{Sheet: s.Sheet, Row: row, Read: func(at command.Place, problem string) {
		if problem == "" {
			c.read[at] = true
		} else if c.unread[at] == "" {
			c.unread[at] = problem
		}
	}}
	return c
}

// blameUnread blames the document for the cells that nobody could read.
func (c *cells) blameUnread(doc *command.Document) {
	for _, at := range c.Sheet.Rows[c.Row].At {
		if text, bad := c.unread[at]; bad && !c.read[at] {
			c.Sheet.Blame(doc, at, "%s", text)
		}
	}
}
