package gradebook

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
)

// writeList writes values as JSON, one after the other, with what stands before, between and
// behind them: of a long list nothing is held but the value that is written. It is what
// encoding/json makes of all of them.
func writeList(w io.Writer, before, between, behind string, values iter.Seq2[any, error]) error {
	out := bufio.NewWriter(w)
	sep := before
	for v, err := range values {
		if err != nil {
			return err
		}
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		_, _ = out.WriteString(sep) // Flush returns the error
		_, _ = out.Write(text)
		sep = between
	}
	if sep == before {
		_, _ = out.WriteString(before)
	}
	_, _ = out.WriteString(behind)
	return out.Flush()
}
