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
	var many interface{ Unwrap() []error }
	if errors.As(err, &many) {
		var errs []error
		for _, e := range many.Unwrap() {
			errs = append(errs, prefixFields(name, e))
		}
		return errors.Join(errs...)
	}
	var field *FieldError
	if errors.As(err, &field) {
		return &FieldError{Field: name + "." + field.Field, Value: field.Value, Want: field.Want}
	}
	return err
}

func clonePart[T any](in *T) *T {
	if in == nil {
		return nil
	}
	clone := *in
	return &clone
}
