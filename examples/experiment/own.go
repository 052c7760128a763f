package main

import (
	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/prioritize"
)

// mine are the methods that are being tried out. Add yours.
func mine() []method {
	return []method{
		// What RICE loses to doubt: reach × impact × (1 - confidence) / effort. Whatever comes first is worth
		// finding out more about.
		ranked(catalogue.New("doubt",
			prioritize.Formula[prioritize.RICEInput](func(in prioritize.RICEInput) (prioritize.Score, error) {
				doubt := prioritize.Integer(1).Sub(prioritize.Value(in.Confidence.Decimal))
				return prioritize.Value(in.Reach).Mul(prioritize.Value(in.Impact)).Mul(doubt).Div(prioritize.Value(in.Effort)), nil
			}),
			catalogue.Numbers(prioritize.RICE{}))),
	}
}
