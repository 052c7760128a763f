package main

import (
	"slices"

	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
)

// methods returns every method that a sheet can be ranked by: those of the library, then one's own.
func methods() []method {
	return slices.Concat([]method{
		ranked(catalogue.WSJF), ranked(catalogue.RICE), ranked(catalogue.MoSCoW), ranked(catalogue.CD3),
		ranked(catalogue.ICE), ranked(catalogue.ICEMean), ranked(catalogue.Kano),
		ranked(catalogue.Opportunity), ranked(catalogue.OpportunitySurvey), ranked(catalogue.ValueEffort),
		ranked(catalogue.Wiegers), ranked(catalogue.RelativeWeighting), ranked(catalogue.Eisenhower),
		ranked(catalogue.Weighted), ranked(catalogue.Votes), ranked(catalogue.ThemeScreening),
		ranked(catalogue.BuyFeature),
	}, mine())
}

func methodNames() []string {
	var names []string
	for _, m := range methods() {
		names = append(names, m.name)
	}
	return names
}
