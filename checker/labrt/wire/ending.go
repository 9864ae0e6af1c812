package wire

import (
	"strconv"
	"unicode/utf8"
)

// There are thousands of endings, and the race detector follows every step of what
// package encoding/json does with one, which took a fifth of a worker's time. So they are
// written here, as encoding/json would, behind its back. (The numbers are few:
// package strconv may be followed.)

// AppendEnding appends the line of an event Ended.
//
//go:norace
func AppendEnding(b []byte, nonce string, e *Ending) []byte {
	b = append(b, `{"nonce":`...)
	b = appendText(b, nonce)
	b = append(b, `,"event":`...)
	b = appendText(b, Ended)
	b = append(b, `,"ending":{"job":`...)
	b = strconv.AppendInt(b, int64(e.Job), 10)
	b = append(b, `,"end":`...)
	b = appendText(b, string(e.End))
	b = append(b, `,"steps":`...)
	b = strconv.AppendInt(b, int64(e.Steps), 10)
	b = append(b, `,"virtual":`...)
	b = strconv.AppendInt(b, e.Virtual, 10)
	b = appendCount(b, `,"missed":`, e.Missed)
	b = appendFlag(b, `,"failed":true`, e.Failed)
	b = appendFlag(b, `,"skipped":true`, e.Skipped)
	b = appendFlag(b, `,"over":true`, e.Over)
	b = appendCount(b, `,"left":`, e.Left)
	b = appendCount(b, `,"races":`, e.Races)
	b = appendFlag(b, `,"timed":true`, e.Timed)
	b = appendFlag(b, `,"drawn":true`, e.Drawn)
	b = appendFlag(b, `,"full":true`, e.Full)
	b = appendSome(b, `,"outside":`, string(e.Outside))
	b = appendSome(b, `,"shown":`, e.Shown)
	b = appendSome(b, `,"trace":`, e.Trace)
	if e.History != nil {
		b = append(b, `,"history":`...)
		b = appendHistory(b, e.History)
	}
	if len(e.OutsideAt) > 0 {
		b = append(b, `,"outside_at":`...)
		b = appendStack(b, e.OutsideAt)
	}
	return append(b, "}}\n"...)
}

//go:norace
func appendHistory(b []byte, h *History) []byte {
	b = append(b, `{"calls":[`...)
	for i := range h.Calls {
		b = appendFlag(b, `,`, i > 0)
		b = appendCall(b, &h.Calls[i])
	}
	b = append(b, ']')
	if len(h.Choices) > 0 {
		b = append(b, `,"choices":[`...)
		for i, c := range h.Choices {
			b = appendFlag(b, `,`, i > 0)
			b = appendInts(b, c)
		}
		b = append(b, ']')
	}
	if len(h.Order) > 0 {
		b = append(b, `,"order":`...)
		b = appendInts(b, h.Order)
	}
	b = appendCount(b, `,"goroutines":`, h.Goroutines)
	b = appendCount(b, `,"steps":`, h.Steps)
	b = appendFlag(b, `,"rested":true`, h.Rested)
	return append(b, '}')
}

//go:norace
func appendCall(b []byte, c *CallRecord) []byte {
	b = append(b, `{"thread":`...)
	b = strconv.AppendInt(b, int64(c.Thread), 10)
	b = append(b, `,"op":`...)
	b = strconv.AppendInt(b, int64(c.Op), 10)
	b = append(b, `,"began":`...)
	b = strconv.AppendInt(b, int64(c.Began), 10)
	b = appendCount(b, `,"ended":`, c.Ended)
	b = appendSome(b, `,"result":`, c.Result)
	b = appendFlag(b, `,"finally":true`, c.Finally)
	b = appendFlag(b, `,"may_wait":true`, c.MayWait)
	b = appendFlag(b, `,"late":true`, c.Late)
	b = appendCount(b, `,"held":`, c.Held)
	b = appendCount(b, `,"released":`, c.Released)
	return append(b, '}')
}

//go:norace
func appendStack(b []byte, stack []CallFrame) []byte {
	b = append(b, '[')
	for i := range stack {
		f := &stack[i]
		b = appendFlag(b, `,`, i > 0)
		b = append(b, `{"function":`...)
		b = appendText(b, f.Function)
		b = append(b, `,"file":`...)
		b = appendText(b, f.File)
		b = append(b, `,"line":`...)
		b = strconv.AppendInt(b, int64(f.Line), 10)
		b = appendCount(b, `,"printed":`, f.Printed)
		b = append(b, '}')
	}
	return append(b, ']')
}

//go:norace
func appendInts(b []byte, all []int) []byte {
	b = append(b, '[')
	for i, n := range all {
		b = appendFlag(b, `,`, i > 0)
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return append(b, ']')
}

// appendCount appends a number that is left out when it is 0, appendSome a text that is
// when it is empty, and appendFlag what is when it is not so.
//
//go:norace
func appendCount(b []byte, key string, n int) []byte {
	if n == 0 {
		return b
	}
	return strconv.AppendInt(append(b, key...), int64(n), 10)
}

//go:norace
func appendSome(b []byte, key, text string) []byte {
	if text == "" {
		return b
	}
	return appendText(append(b, key...), text)
}

//go:norace
func appendFlag(b []byte, text string, is bool) []byte {
	if is {
		b = append(b, text...)
	}
	return b
}

// appendText appends a string of JSON. What is not UTF-8 becomes U+FFFD.
//
//go:norace
func appendText(b []byte, text string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i, r := range text {
		plain := r >= ' ' && r != '"' && r != '\\' && r != utf8.RuneError
		if plain {
			continue
		}
		b = append(b, text[from:i]...)
		from = i + 1
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == utf8.RuneError:
			b = append(b, "\ufffd"...)
			if len(text)-i >= 3 && text[i:i+3] == "\ufffd" {
				from = i + 3
			}
		default:
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		}
	}
	return append(append(b, text[from:]...), '"')
}
