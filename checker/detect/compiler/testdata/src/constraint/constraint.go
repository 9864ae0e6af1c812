//go:build never

// Package constraint is never built.
package constraint
