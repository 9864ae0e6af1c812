// Package stores has a type that lacks a method.
package stores

type Store interface {
	Get(key string) (int, bool)
	Put(key string, n int)
}

type memory struct{}

func (memory) Get(key string) int { return 0 }

func New() Store { return memory{} }

func use(s Store) {
	switch s.(type) {
	case string:
	}
	for i := range 3 {
		go func() { i = "x" }()
	}
}
