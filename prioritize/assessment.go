package prioritize

import "errors"

// Assessment holds the inputs of every built-in method for one item, each optional, so that they can
// be kept beside the item and the method chosen, or changed, later. Absent is not zero: an item
// without input for a method is unscored by it.
type Assessment struct {
	WSJF   *WSJFInput   `json:"wsjf,omitzero"`
	RICE   *RICEInput   `json:"rice,omitzero"`
	MoSCoW *MoSCoWInput `json:"moscow,omitzero"`
}

// Validate returns everything impossible about the inputs that are there, joined in field order.
// Field names are prefixed with that of the method: "wsjf.job_size".
func (a Assessment) Validate() error {
	return errors.Join(
		validatePart("wsjf", a.WSJF),
		validatePart("rice", a.RICE),
		validatePart("moscow", a.MoSCoW),
	)
}

// Clone returns a copy that shares nothing with a.
func (a Assessment) Clone() Assessment {
	a.WSJF = clonePart(a.WSJF)
	a.RICE = clonePart(a.RICE)
	a.MoSCoW = clonePart(a.MoSCoW)
	return a
}

func validatePart[T any, P interface {
	*T
	Validate() error
}](name string, in P) error {
	if in == nil {
		return nil
	}
	return prefixFields(name, in.Validate())
}

// prefixFields returns err with the field names of every FieldError joined in it below name.
func prefixFields(name string, err error) error {
	return eachJoined(err, func(err error) error {
		field, ok := err.(*FieldError) //nolint:errorlint // one further down is about something else
		if !ok {
			return err
		}
		return &FieldError{Field: name + "." + field.Field, Value: field.Value, Want: field.Want}
	})
}

func clonePart[T any](in *T) *T {
	if in == nil {
		return nil
	}
	clone := *in
	return &clone
}
