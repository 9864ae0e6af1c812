package sched

import (
	"reflect"
	"strconv"
	"unsafe"
)

// maxShown bounds a value in a trace, in bytes.
const maxShown = 40

// Text formats a value for a trace. Of what refers to something else, such as a pointer, it
// gives only the type: another goroutine may be writing to that. (Package fmt shares buffers,
// and would add happens-before edges.)
func Text(value any) string {
	v := reflect.ValueOf(value)
	if !v.IsValid() {
		return "nil"
	}
	return shorten(string(appendText(nil, v)))
}

// appendText appends what is in a value itself. It ends early where nobody reads on.
func appendText(text []byte, v reflect.Value) []byte {
	switch {
	case len(text) > maxShown:
		return text
	case v.Kind() == reflect.Bool:
		return strconv.AppendBool(text, v.Bool())
	case v.Kind() == reflect.String:
		return strconv.AppendQuote(text, begin(v.String()))
	case v.CanInt():
		return strconv.AppendInt(text, v.Int(), 10)
	case v.CanUint():
		return strconv.AppendUint(text, v.Uint(), 10)
	case v.CanFloat():
		return strconv.AppendFloat(text, v.Float(), 'g', -1, 64)
	case !isWhole(v.Type()):
		return append(text, v.Type().String()...)
	case v.Kind() == reflect.Struct:
		return appendAll(text, "{", v.NumField(), v.Field, "}")
	default:
		return appendAll(text, "[", v.Len(), v.Index, "]")
	}
}

func appendAll(text []byte, open string, n int, at func(int) reflect.Value, end string) []byte {
	text = append(text, open...)
	for i := 0; i < n && len(text) <= maxShown; i++ {
		if i > 0 {
			text = append(text, ' ')
		}
		text = appendText(text, at(i))
	}
	return append(text, end...)
}

// isWhole reports whether a struct or an array has something in it, and refers to nothing else.
func isWhole(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i).Type; !isPlain(f) && !isWhole(f) {
				return false
			}
		}
		return t.NumField() > 0
	case reflect.Array:
		return t.Len() > 0 && (isPlain(t.Elem()) || isWhole(t.Elem()))
	}
	return false
}

func isPlain(t reflect.Type) bool {
	switch k := t.Kind(); {
	case k == reflect.Bool, k == reflect.String, k == reflect.Uintptr:
		return true
	default:
		return reflect.Int <= k && k <= reflect.Uint64 || k == reflect.Float32 || k == reflect.Float64
	}
}

// begin copies as much of a string as is shown, behind the race detector's back: who has
// written the bytes, and when, is not the question.
//
//go:norace
func begin(s string) string {
	n := min(len(s), maxShown+1)
	out := make([]byte, n)
	// Not copy: the race detector would see it.
	for i := range n {
		out[i] = s[i]
	}
	return unsafe.String(unsafe.SliceData(out), n)
}

// shorten cuts a text that is too long, between two elements or words if that leaves half.
func shorten(text string) string {
	if len(text) <= maxShown {
		return text
	}
	at := maxShown
	for at > maxShown/2 && text[at] != ' ' {
		at--
	}
	if text[at] != ' ' {
		for at = maxShown; text[at]&0xC0 == 0x80; at-- { // not within a letter
		}
		return text[:at] + "…"
	}
	return text[:at] + " …"
}
