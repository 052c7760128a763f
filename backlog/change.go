package backlog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// Change is something that happens to a backlog: a request when it is handed to [Backlog.Execute], a
// record once it is in an [Event]. The changes are the structs of this package that have a Kind,
// passed as values; the package comment lists them.
type Change interface {
	// Kind is the stable name of the change in JSON: "accept_story".
	Kind() string

	// permission is what the policy is asked about.
	permission(b *View) Permission
	// check reports why the change does not fit the backlog as it is. It changes nothing.
	check(b *View) error
	// apply makes a change that was checked. It cannot fail.
	apply(b *View, at time.Time, by string)
}

// shared is a change that holds slices, maps or pointers, which whoever made it can still write to.
type shared interface {
	// own returns a copy that shares nothing with the change.
	own() Change
}

// own returns an event that shares nothing with e.
func (e Event) own() Event {
	e.Change, e.Findings = ownChange(e.Change), slices.Clone(e.Findings)
	return e
}

func ownChange(change Change) Change {
	if c, ok := change.(shared); ok {
		return c.own()
	}
	return change
}

// teamed is a change that touches the stories or sprints of teams.
type teamed interface{ teams(b *View) []story.Team }

// authority is a permission, for teams.
type authority struct {
	permission Permission
	teams      []story.Team
}

// twofold is a change that needs, as it is filled in, more than its own permission.
type twofold interface{ also(b *View) []authority }

// gated is a change that the workflow or a definition can refuse. What does not exist is not
// refused here: check reports it.
type gated interface {
	gate(b *View) []*RefusedError
}

// timed is a change that a rule about time can refuse.
type timed interface {
	gateAt(b *View, at time.Time) []*RefusedError
}

// held is a change that depends on who makes it when, also in a log.
type held interface {
	// checkBy reports why the change does not fit, after check.
	checkBy(b *View, at time.Time, by string) error
}

// personal is a change that a rule about who makes it can refuse.
type personal interface {
	gateBy(b *View, at time.Time, by string) []*RefusedError
}

// trial is a change that shows whether it fits only when it is made: it is made, and taken back if it
// does not fit or breaks a rule.
type trial interface {
	Change
	// onto returns the change as it is to be made to the backlog as it is, or why it does not fit that.
	onto(b *View) (trial, error)
	// try makes the change, or returns why it does not fit and leaves it made in part.
	try(b *View, at time.Time, by string) error
	// wantRules returns, once it is made, what stands against it at an instant. The loads are those before.
	wantRules(b *View, at time.Time, was []load) []*RefusedError
}

// kinds has the zero value of each kind of change, which [decode] reads into.
var kinds = map[string]Change{
	SetVision{}.Kind():              SetVision{},
	AddGoal{}.Kind():                AddGoal{},
	EditGoal{}.Kind():               EditGoal{},
	MoveGoal{}.Kind():               MoveGoal{},
	PursueGoal{}.Kind():             PursueGoal{},
	MeasureGoal{}.Kind():            MeasureGoal{},
	WithdrawMeasurement{}.Kind():    WithdrawMeasurement{},
	FulfilGoal{}.Kind():             FulfilGoal{},
	DropGoal{}.Kind():               DropGoal{},
	AddHorizon{}.Kind():             AddHorizon{},
	EditHorizon{}.Kind():            EditHorizon{},
	RemoveHorizon{}.Kind():          RemoveHorizon{},
	AssignFeatureHorizon{}.Kind():   AssignFeatureHorizon{},
	SetStage{}.Kind():               SetStage{},
	PlanRelease{}.Kind():            PlanRelease{},
	EditRelease{}.Kind():            EditRelease{},
	AssignFeatureRelease{}.Kind():   AssignFeatureRelease{},
	ShipRelease{}.Kind():            ShipRelease{},
	PlanIncrement{}.Kind():          PlanIncrement{},
	EditIncrement{}.Kind():          EditIncrement{},
	AssignFeatureIncrement{}.Kind(): AssignFeatureIncrement{},
	VoteConfidence{}.Kind():         VoteConfidence{},
	SetObjectives{}.Kind():          SetObjectives{},
	RateObjective{}.Kind():          RateObjective{},
	AddFeature{}.Kind():             AddFeature{},
	EditFeature{}.Kind():            EditFeature{},
	ScheduleFeature{}.Kind():        ScheduleFeature{},
	SplitFeature{}.Kind():           SplitFeature{},
	AssignFeatureGoal{}.Kind():      AssignFeatureGoal{},
	MoveFeature{}.Kind():            MoveFeature{},
	OrderFeatures{}.Kind():          OrderFeatures{},
	SetFeatureCriteria{}.Kind():     SetFeatureCriteria{},
	JudgeFeatureCriterion{}.Kind():  JudgeFeatureCriterion{},
	AssessFeature{}.Kind():          AssessFeature{},
	SizeFeature{}.Kind():            SizeFeature{},
	SetBudget{}.Kind():              SetBudget{},
	RecordCost{}.Kind():             RecordCost{},
	AcceptFeature{}.Kind():          AcceptFeature{},
	DropFeature{}.Kind():            DropFeature{},
	ReopenFeature{}.Kind():          ReopenFeature{},
	AddStory{}.Kind():               AddStory{},
	EditStory{}.Kind():              EditStory{},
	ScheduleStory{}.Kind():          ScheduleStory{},
	AssignStoryFeature{}.Kind():     AssignStoryFeature{},
	AssignStoryTeam{}.Kind():        AssignStoryTeam{},
	AssignStoryAssignee{}.Kind():    AssignStoryAssignee{},
	SplitStory{}.Kind():             SplitStory{},
	EstimateStory{}.Kind():          EstimateStory{},
	AssessStory{}.Kind():            AssessStory{},
	SetStoryStatus{}.Kind():         SetStoryStatus{},
	AcceptStory{}.Kind():            AcceptStory{},
	RejectStory{}.Kind():            RejectStory{},
	DropStory{}.Kind():              DropStory{},
	ClaimStory{}.Kind():             ClaimStory{},
	RenewClaim{}.Kind():             RenewClaim{},
	ReleaseClaim{}.Kind():           ReleaseClaim{},
	AddCriterion{}.Kind():           AddCriterion{},
	EditCriterion{}.Kind():          EditCriterion{},
	RemoveCriterion{}.Kind():        RemoveCriterion{},
	JudgeCriterion{}.Kind():         JudgeCriterion{},
	AddTask{}.Kind():                AddTask{},
	EditTask{}.Kind():               EditTask{},
	FinishTask{}.Kind():             FinishTask{},
	ReopenTask{}.Kind():             ReopenTask{},
	RemoveTask{}.Kind():             RemoveTask{},
	AddDependency{}.Kind():          AddDependency{},
	RemoveDependency{}.Kind():       RemoveDependency{},
	RelateStories{}.Kind():          RelateStories{},
	UnrelateStories{}.Kind():        UnrelateStories{},
	MoveStories{}.Kind():            MoveStories{},
	OrderStories{}.Kind():           OrderStories{},
	PlanSprint{}.Kind():             PlanSprint{},
	EditSprint{}.Kind():             EditSprint{},
	NoteSprint{}.Kind():             NoteSprint{},
	CommitStories{}.Kind():          CommitStories{},
	WithdrawStories{}.Kind():        WithdrawStories{},
	StartSprint{}.Kind():            StartSprint{},
	CloseSprint{}.Kind():            CloseSprint{},
	CancelSprint{}.Kind():           CancelSprint{},
	SetKeyResults{}.Kind():          SetKeyResults{},
	MeasureKeyResult{}.Kind():       MeasureKeyResult{},
	AssignFeatureKeyResult{}.Kind(): AssignFeatureKeyResult{},
	SetFeatureMeasure{}.Kind():      SetFeatureMeasure{},
	MeasureFeature{}.Kind():         MeasureFeature{},
	JudgeHypothesis{}.Kind():        JudgeHypothesis{},
	AddInsight{}.Kind():             AddInsight{},
	EditInsight{}.Kind():            EditInsight{},
	ProposeStory{}.Kind():           ProposeStory{},
	ProposeFeature{}.Kind():         ProposeFeature{},
	TakeProposal{}.Kind():           TakeProposal{},
	MergeProposal{}.Kind():          MergeProposal{},
	DeclineProposal{}.Kind():        DeclineProposal{},
	AskQuestion{}.Kind():            AskQuestion{},
	AnswerQuestion{}.Kind():         AnswerQuestion{},
	AddRisk{}.Kind():                AddRisk{},
	EditRisk{}.Kind():               EditRisk{},
	AddActivity{}.Kind():            AddActivity{},
	EditActivity{}.Kind():           EditActivity{},
	MoveActivity{}.Kind():           MoveActivity{},
	RemoveActivity{}.Kind():         RemoveActivity{},
	AssignStoryStep{}.Kind():        AssignStoryStep{},
	AddEpic{}.Kind():                AddEpic{},
	EditEpic{}.Kind():               EditEpic{},
	RemoveEpic{}.Kind():             RemoveEpic{},
	AssignFeatureEpic{}.Kind():      AssignFeatureEpic{},
	AddTheme{}.Kind():               AddTheme{},
	EditTheme{}.Kind():              EditTheme{},
	RemoveTheme{}.Kind():            RemoveTheme{},
	AssignFeatureTheme{}.Kind():     AssignFeatureTheme{},
	SetMoney{}.Kind():               SetMoney{},
	RaiseImpediment{}.Kind():        RaiseImpediment{},
	EditImpediment{}.Kind():         EditImpediment{},
	ResolveImpediment{}.Kind():      ResolveImpediment{},
	GrantRole{}.Kind():              GrantRole{},
	RevokeRole{}.Kind():             RevokeRole{},
	Delegate{}.Kind():               Delegate{},
	Undelegate{}.Kind():             Undelegate{},
	ImportItems{}.Kind():            ImportItems{},
	Revert{}.Kind():                 Revert{},
}

// decode reads a change of a kind, given its zero value.
func decode(kind Change, data []byte) (Change, error) {
	if scan := scans[kind.Kind()]; scan != nil {
		if read, ok := scan(data); ok {
			return read, nil
		}
	}
	change := reflect.New(reflect.TypeOf(kind)) // no func of each type: there are many, and a page carries them
	if err := decodeStrict(data, change.Interface()); err != nil {
		return nil, fmt.Errorf("backlog: %s: %w", kind.Kind(), bare(err))
	}
	return change.Elem().Interface().(Change), nil
}

// home is the path of this package.
var home = reflect.TypeFor[View]().PkgPath()

// checkChange refuses what is no change: nothing, a pointer to one, or a type around one.
func checkChange(change Change) error {
	if change == nil {
		return fieldError("change", "nil", "one of the changes of this package")
	}
	switch t := reflect.TypeOf(change); {
	case t.Kind() == reflect.Pointer:
		return fieldError("change", fmt.Sprintf("a %T", change), "the value, not a pointer to it")
	case t.PkgPath() != home: // it embeds one, to decorate it: the gate would look at the wrapping
		return fieldError("change", fmt.Sprintf("a %T", change), "one of the changes of this package, not a type around it")
	}
	return nil
}

// admitChange is checkChange, but for a change of the type that was just found to be one.
func (b *View) admitChange(change Change) error {
	t := reflect.TypeOf(change)
	if t != nil && t == b.lastType {
		return nil
	}
	err := checkChange(change)
	if err == nil && b.writing {
		b.lastType = t
	}
	return err
}

// Set returns a pointer to a copy of value, for a field of an Edit: nil leaves a field as it is, a
// pointer to the zero value clears it.
//
//	backlog.EditStory{Story: id, Title: backlog.Set("Pay with a saved card")}
func Set[T any](value T) *T { return &value }

// edit replaces a field by what an Edit holds for it, if anything.
func edit[T any](field *T, to *T) {
	if to != nil {
		*field = *to
	}
}

// copied returns a pointer to a copy of what p points to.
func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return Set(*p)
}

// checkEdit wants an Edit that holds something for one of its fields.
func checkEdit(fields ...any) error {
	for _, one := range fields {
		if !reflect.ValueOf(one).IsNil() {
			return nil
		}
	}
	return fieldError("change", "", "a value for one of the fields to edit")
}

// EncodeChange returns the kind and the JSON of a change, which [DecodeChange] reads.
func EncodeChange(change Change) (kind string, data []byte, err error) {
	if err := checkChange(change); err != nil {
		return "", nil, err
	}
	if data, err = json.Marshal(change); err != nil {
		return "", nil, fmt.Errorf("backlog: %s: %w", change.Kind(), bare(err))
	}
	return change.Kind(), data, nil
}

// DecodeChange reads a change of a kind from its JSON: what a form or a request has, for [Backlog.Decide].
// [Changes] lists the kinds. A field that is left out is the zero value, which the change judges. The gate refuses
// a [Revert] that was read: [Backlog.Reverse] makes them.
//
// Errors: [ErrUnknownKind]; [ErrMalformed] for JSON that is no object, or has a field twice, one that the kind
// does not have, or a value that is not of its field's type; [field.ErrInvalid] for a text that is none of the
// field's. Each names the field.
func DecodeChange(kind string, data []byte) (Change, error) {
	zero, known := kinds[kind]
	if !known {
		return nil, fmt.Errorf("backlog: %w of change %.60q, want one of Changes", ErrUnknownKind, kind)
	}
	if start := bytes.TrimLeft(data, " \t\r\n"); len(start) == 0 || start[0] != '{' {
		return nil, &malformedError{fmt.Errorf("backlog: %s: %w", kind, bare(fieldError("change", fmt.Sprintf("%.20s", data), "an object")))}
	}
	change, err := decode(zero, data) // which wants JSON, as checkKeys does not
	if err == nil {
		if err = checkKeys(data); err != nil {
			err = fmt.Errorf("backlog: %s: %w", kind, bare(err))
		}
	}
	if err != nil {
		return nil, &malformedError{plainly(err)}
	}
	return change, nil
}

// malformedError is an [ErrMalformed].
type malformedError struct{ error }

func (e *malformedError) Is(target error) bool { return target == ErrMalformed }
func (e *malformedError) Unwrap() error        { return e.error }

// plainly puts an error of package json about a type into the words of JSON.
func plainly(err error) error {
	wrong := new(json.UnmarshalTypeError)
	if !errors.As(err, &wrong) {
		return err
	}
	want := "of another type"
	switch kind := wrong.Type.Kind(); {
	case kind == reflect.String, kind == reflect.Array: // ids are arrays of bytes
		want = "a text"
	case kind == reflect.Bool:
		want = "true or false"
	case kind >= reflect.Int && kind <= reflect.Uint64:
		want = "a whole number"
	case kind == reflect.Slice:
		want = "a list"
	case kind == reflect.Struct:
		want = "an object"
	}
	return fieldError(wrong.Field, "a JSON "+wrong.Value, want)
}

// Changes returns the zero value of every kind of change, by kind: what [DecodeChange] reads and an [Event] can
// record. Package form describes the fields of each.
func Changes() []Change {
	return slices.SortedFunc(maps.Values(kinds), func(x, y Change) int { return cmp.Compare(x.Kind(), y.Kind()) })
}
