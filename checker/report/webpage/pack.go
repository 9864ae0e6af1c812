package webpage

import (
	"compress/flate"
	"encoding/base64"
	"strings"
)

// Packed is the picture for a page that has no room for it as it is, some six times as small:
// what a script unpacks, and then the same as HTML.
func (p *Picture) Packed() (string, error) {
	body, err := p.HTML()
	if err != nil {
		return "", err
	}
	var out strings.Builder
	text := base64.NewEncoder(base64.StdEncoding, &out)
	packed, err := flate.NewWriter(text, flate.BestSpeed) // there may be thousands
	if err != nil {
		return "", err
	}
	if _, err := packed.Write([]byte(body)); err != nil {
		return "", err
	}
	if err := packed.Close(); err != nil {
		return "", err
	}
	err = text.Close()
	return out.String(), err
}
