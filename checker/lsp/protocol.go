package lsp

import (
	"encoding/json"

	"github.com/sourcegraph/jsonrpc2"
)

// The parts of the protocol that the server needs, in the words of
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/.

// Codes of errors that JSON-RPC does not have.
const (
	notInitialized = -32002
	requestFailed  = -32803
	cancelled      = -32800
)

type initializeParams struct {
	Capabilities clientCapabilities `json:"capabilities"`
	Options      json.RawMessage    `json:"initializationOptions"`
}

// A clientCapabilities is what an editor can do.
type clientCapabilities struct {
	Window struct {
		WorkDoneProgress bool `json:"workDoneProgress"`
		ShowDocument     struct {
			Support bool `json:"support"`
		} `json:"showDocument"`
	} `json:"window"`
	TextDocument struct {
		PublishDiagnostics struct {
			RelatedInformation bool `json:"relatedInformation"`
		} `json:"publishDiagnostics"`
		CodeAction struct {
			Literals any `json:"codeActionLiteralSupport"` // nil: it knows commands alone
		} `json:"codeAction"`
	} `json:"textDocument"`
	Workspace struct {
		DidChangeWatchedFiles struct {
			DynamicRegistration bool `json:"dynamicRegistration"`
		} `json:"didChangeWatchedFiles"`
	} `json:"workspace"`
}

// Options are those that an editor sends with initialize.
type options struct {
	CheckOnSave *bool `json:"checkOnSave"`
}

type initializeResult struct {
	Capabilities serverCapabilities `json:"capabilities"`
	Info         serverInfo         `json:"serverInfo"`
}

type serverInfo struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

type serverCapabilities struct {
	Sync       textDocumentSync `json:"textDocumentSync"`
	CodeAction any              `json:"codeActionProvider"` // a codeActionOption, or true
	Execute    executeOption    `json:"executeCommandProvider"`
}

type textDocumentSync struct {
	OpenClose bool `json:"openClose"`
	Change    int  `json:"change"`
	Save      bool `json:"save"`
}

// wholeText: a change comes with all of the text. Programs of exercises are short.
const wholeText = 1

type codeActionOption struct {
	Kinds []string `json:"codeActionKinds"`
}

type executeOption struct {
	Commands []string `json:"commands"`
}

type document struct {
	URI     string `json:"uri"`
	Version *int   `json:"version,omitempty"`
	Text    string `json:"text"`
}

// A documentParams is of didOpen, didClose and didSave.
type documentParams struct {
	TextDocument document `json:"textDocument"`
}

type changeParams struct {
	TextDocument document `json:"textDocument"`
	Changes      []struct {
		Range *span  `json:"range"`
		Text  string `json:"text"`
	} `json:"contentChanges"`
}

type publishParams struct {
	URI         string       `json:"uri"`
	Version     *int         `json:"version,omitempty"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

type diagnostic struct {
	Range           span             `json:"range"`
	Severity        int              `json:"severity"`
	Code            string           `json:"code"`
	CodeDescription *codeDescription `json:"codeDescription,omitempty"`
	Source          string           `json:"source"`
	Message         string           `json:"message"`
	Related         []relatedPlace   `json:"relatedInformation,omitempty"`
}

// The severities of diagnostics.
const (
	severityError       = 1
	severityWarning     = 2
	severityInformation = 3
)

type codeDescription struct {
	Href string `json:"href"`
}

type relatedPlace struct {
	Location place  `json:"location"`
	Message  string `json:"message"`
}

type place struct {
	URI   string `json:"uri"`
	Range span   `json:"range"`
}

type codeActionParams struct {
	TextDocument document `json:"textDocument"`
	Range        span     `json:"range"`
	Context      struct {
		Only []string `json:"only"`
	} `json:"context"`
}

type codeAction struct {
	Title   string  `json:"title"`
	Kind    string  `json:"kind"`
	Command command `json:"command"`
}

type command struct {
	Title     string     `json:"title"`
	Command   string     `json:"command"`
	Arguments []argument `json:"arguments"`
}

type executeParams struct {
	Command   string     `json:"command"`
	Arguments []argument `json:"arguments"`
}

// An argument is the only one of each of the commands.
type argument struct {
	URI     string `json:"uri"` // of a file of the exercise
	Problem int    `json:"problem,omitempty"`
	Kind    string `json:"kind,omitempty"`
}

type messageParams struct {
	Type    int    `json:"type"`
	Message string `json:"message"`
}

// The types of messages.
const (
	messageError   = 1
	messageWarning = 2
	messageInfo    = 3
)

type showDocumentParams struct {
	URI       string `json:"uri"`
	External  bool   `json:"external,omitempty"` // in another program: a browser, for a page
	TakeFocus bool   `json:"takeFocus,omitempty"`
}

type showDocumentResult struct {
	Success bool `json:"success"`
}

type tokenParams struct {
	Token string `json:"token"`
}

type progressParams struct {
	Token string   `json:"token"`
	Value progress `json:"value"`
}

// A progress is the beginning, a step or the end of what takes long.
type progress struct {
	Kind        string `json:"kind"`
	Title       string `json:"title,omitempty"`
	Cancellable bool   `json:"cancellable,omitempty"`
	Message     string `json:"message,omitempty"`
}

type cancelParams struct {
	ID jsonrpc2.ID `json:"id"`
}

type registrationParams struct {
	Registrations []registration `json:"registrations"`
}

type registration struct {
	ID      string         `json:"id"`
	Method  string         `json:"method"`
	Options watchedOptions `json:"registerOptions"`
}

type watchedOptions struct {
	Watchers []watcher `json:"watchers"`
}

type watcher struct {
	Glob string `json:"globPattern"`
}
