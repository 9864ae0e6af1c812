// Package two is not alone in its folder.
package two
