package exchange

import (
	"encoding/json"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
)

// prioritizeInput is what an item can be prioritised by, and its JSON; both empty if there is none.
type prioritizeInput struct {
	assessment prioritize.Assessment
	text       string
}

// assess returns the inputs of methods that the items have all factors of, one an item; nil if none has any.
func assess(items []Item) []prioritizeInput {
	sheet := scoreSheet(items)
	if len(sheet.Columns) < 2 {
		return nil
	}
	assessments := make([]prioritize.Assessment, len(items))
	assessBy(sheet, prioritize.RICE{}, assessments, func(a *prioritize.Assessment, in *prioritize.RICEInput) { a.RICE = in })
	assessBy(sheet, prioritize.WSJF{}, assessments, func(a *prioritize.Assessment, in *prioritize.WSJFInput) { a.WSJF = in })
	assessBy(sheet, prioritize.ICE{}, assessments, func(a *prioritize.Assessment, in *prioritize.ICEInput) { a.ICE = in })
	assessBy(sheet, prioritize.CD3{}, assessments, func(a *prioritize.Assessment, in *prioritize.CD3Input) { a.CD3 = in })
	assessBy(sheet, prioritize.Wiegers{}, assessments, func(a *prioritize.Assessment, in *prioritize.WiegersInput) { a.Wiegers = in })
	assessBy(sheet, prioritize.Opportunity{}, assessments, func(a *prioritize.Assessment, in *prioritize.OpportunityInput) { a.Opportunity = in })
	assessBy(sheet, prioritize.ValueEffort{}, assessments, func(a *prioritize.Assessment, in *prioritize.ValueEffortInput) { a.ValueEffort = in })
	assessBy(sheet, prioritize.MoSCoW{}, assessments, func(a *prioritize.Assessment, in *prioritize.MoSCoWInput) { a.MoSCoW = in })
	inputs := make([]prioritizeInput, len(items))
	for i := range assessments {
		inputs[i] = newInput(assessments[i])
	}
	return inputs
}

func newInput(a prioritize.Assessment) prioritizeInput {
	text, err := json.Marshal(a)
	if err != nil || string(text) == "{}" || a.Validate() != nil {
		return prioritizeInput{}
	}
	return prioritizeInput{a, string(text)}
}

// scoreSheet returns the factors of items as a sheet, with their titles in the first column.
func scoreSheet(items []Item) *prioritize.Sheet {
	sheet := &prioritize.Sheet{Columns: []string{"title"}}
	places := make(map[string]int)
	place := func(name string) int {
		at, known := places[fold(name)]
		if !known {
			at = len(sheet.Columns)
			places[fold(name)] = at
			sheet.Columns = append(sheet.Columns, name)
		}
		return at
	}
	for i := range items {
		item := &items[i]
		row := make([]string, len(sheet.Columns))
		put := func(name, text string) {
			at := place(name)
			for len(row) <= at {
				row = append(row, "")
			}
			row[at] = text
		}
		row[0] = item.Key
		for _, factor := range item.Scores {
			put(bareHeader(factor.Name), factor.Value.String())
		}
		for _, value := range item.Custom {
			if isFactor(value.Name) {
				put(bareHeader(value.Name), value.Text)
			}
		}
		if len(item.Priority) > 1 && isMoSCoW(item.Priority) {
			put(moscow, item.Priority)
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet
}

// assessBy sets the inputs of one method, where a row has all that it wants. A row with what is impossible has none.
func assessBy[A any, M prioritize.Method[A]](sheet *prioritize.Sheet, m M, all []prioritize.Assessment, set func(*prioritize.Assessment, *A)) {
	candidates, err := prioritize.Candidates[A](sheet, m)
	if err == nil {
		for i := range candidates {
			if candidates[i].Unscored == "" {
				set(&all[i], &candidates[i].Input)
			}
		}
		return
	}
	if _, err := prioritize.Candidates[A](&prioritize.Sheet{Columns: sheet.Columns}, m); err != nil {
		return // a factor without a column
	}
	for i, row := range sheet.Rows {
		one, err := prioritize.Candidates[A](&prioritize.Sheet{Columns: sheet.Columns, Rows: [][]string{row}}, m)
		if err == nil && one[0].Unscored == "" {
			set(&all[i], &one[0].Input)
		}
	}
}

// assessment returns what an item comes to be prioritised by, and false where that stays.
func (im *importer) assessment(p *pending) (backlog.ItemAssessment, bool) {
	file := prioritizeInput{}
	if im.assessments != nil {
		file = im.assessments[p.index]
	}
	item := im.places[p.index].item
	known, _ := im.view.Assessment(item.Story)
	if item.Story.IsZero() {
		known, _ = im.view.FeatureAssessment(item.Feature)
	}
	merged, shared := overlay(known, file.assessment)
	if !p.merger.take("assessment", "assessment", file.text, newInput(shared).text) || file.text == "" {
		return backlog.ItemAssessment{}, false
	}
	return backlog.ItemAssessment{Item: item, Assessment: merged}, true
}

// overlay returns an assessment with the inputs of another put over it, and of it those of the same methods.
func overlay(known, file prioritize.Assessment) (merged, shared prioritize.Assessment) {
	merged = known
	over(&merged.RICE, &shared.RICE, file.RICE)
	over(&merged.WSJF, &shared.WSJF, file.WSJF)
	over(&merged.ICE, &shared.ICE, file.ICE)
	over(&merged.CD3, &shared.CD3, file.CD3)
	over(&merged.Wiegers, &shared.Wiegers, file.Wiegers)
	over(&merged.Opportunity, &shared.Opportunity, file.Opportunity)
	over(&merged.ValueEffort, &shared.ValueEffort, file.ValueEffort)
	over(&merged.MoSCoW, &shared.MoSCoW, file.MoSCoW)
	return merged, shared
}

func over[A any](merged, shared **A, file *A) {
	if file != nil {
		*shared, *merged = *merged, file
	}
}
