package model_test

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// goText writes a value much as Go source would, without the fields that are zero.
func goText(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case decimal.Decimal:
		return fmt.Sprintf("number(%s)", x)
	case time.Time:
		if x.IsZero() {
			return "time.Time{}"
		}
		return fmt.Sprintf("start.Add(%v)", x.Sub(start))
	case story.Estimate:
		return fmt.Sprintf("story.Points(%s)", x)
	case backlog.OrderPlace:
		return fmt.Sprintf("place(%q)", x)
	case backlog.Lag:
		return fmt.Sprintf("lag(%v)", time.Duration(x))
	case story.Const[story.Details]:
		return fmt.Sprintf("story.ConstOf(%s)", goText(reflect.ValueOf(x.Value())))
	case backlog.Revert:
		return fmt.Sprintf("backlog.Revert{Seq: %d}", x.Seq)
	}
	if slice := v.MethodByName("Slice"); slice.IsValid() && slice.Type().NumIn() == 0 {
		return fmt.Sprintf("story.ListOf(%s)", goText(slice.Call(nil)[0]))
	}
	switch v.Kind() {
	case reflect.Array:
		if v.IsZero() {
			return "none"
		}
		return fmt.Sprintf("id(%d)", v.Index(15).Uint())
	case reflect.String:
		return fmt.Sprintf("%q", v.String())
	case reflect.Pointer:
		if v.IsNil() {
			return "nil"
		}
		return fmt.Sprintf("backlog.Set(%s)", goText(v.Elem()))
	case reflect.Slice:
		texts := make([]string, v.Len())
		for i := range texts {
			texts[i] = goText(v.Index(i))
		}
		return "{" + strings.Join(texts, ", ") + "}"
	case reflect.Struct:
		var texts []string
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && !v.Field(i).IsZero() {
				texts = append(texts, field.Name+": "+goText(v.Field(i)))
			}
		}
		return v.Type().String() + "{" + strings.Join(texts, ", ") + "}"
	default:
		if stringer, ok := v.Interface().(fmt.Stringer); ok {
			return stringer.String()
		}
		return fmt.Sprint(v.Interface())
	}
}
