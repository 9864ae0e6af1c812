// Package one is not alone in its folder.
package one
