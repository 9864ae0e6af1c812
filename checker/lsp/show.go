package lsp

import (
	"context"
	"os"
)

// opens has the editor open a file, and reports whether it has.
func (s *server) opens(ctx context.Context, p showDocumentParams) bool {
	s.mu.Lock()
	can := s.can.Window.ShowDocument.Support
	s.mu.Unlock()
	var did showDocumentResult
	return can && s.call(ctx, "window/showDocument", p, &did) == nil && did.Success
}

// showFile opens a file in the editor, or says where it is.
func (s *server) showFile(ctx context.Context, file string) error {
	if s.opens(ctx, showDocumentParams{URI: fileURI(file), TakeFocus: true}) {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if _, err := os.Stat(file); err != nil {
		return err
	}
	s.message(messageInfo, "It is in "+file)
	return nil
}

// A writer makes a file, which takes long.
type writer func(ctx context.Context, progress func(step string)) (file string, err error)

// written is the file that write makes, while the editor shows that something goes on.
func (s *server) written(ctx context.Context, title string, write writer) (file string, err error) {
	done, ok := s.begin()
	if !ok {
		return "", context.Canceled
	}
	defer done()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	work := s.startWork(ctx, title, cancel)
	file, err = write(ctx, work.say)
	work.end("")
	return file, err
}

// openPage has a page made and opened in the browser. It reports false where nobody would see
// it; an editor that could not open one is not asked again.
func (s *server) openPage(ctx context.Context, title string, write writer) (opened bool, err error) {
	s.mu.Lock()
	can := s.can.Window.ShowDocument.Support && !s.noPages
	s.mu.Unlock()
	if !can || !s.host.Browser() {
		return false, nil
	}
	file, err := s.written(ctx, title, write)
	if err != nil {
		return false, err
	}
	if s.opens(ctx, showDocumentParams{URI: fileURI(file), External: true}) {
		return true, nil
	}
	s.mu.Lock()
	s.noPages = ctx.Err() == nil
	s.mu.Unlock()
	return false, ctx.Err()
}
