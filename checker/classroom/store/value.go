package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"
)

// The library believes in what its pages say. So each value begins with a checksum of itself
// and its key, and a bucket has the sum of those that should be in it: a record that is
// changed, lost, or in the place of another one is noticed.

// errDamaged is of a value, or of a bucket, that is not what was put there.
var errDamaged = errors.New("is damaged. Put a copy of it back, or move it away, and grade again")

// checksumSize is how many bytes of a value are its checksum.
const checksumSize = 8

func checksum(key, text []byte) uint64 {
	h := sha256.New()
	_ = binary.Write(h, binary.BigEndian, uint64(len(key))) // a hash never fails
	h.Write(key)
	h.Write(text)
	return binary.BigEndian.Uint64(h.Sum(nil))
}

// textOf is a value without its checksum.
func textOf(key, data []byte) ([]byte, error) {
	if len(data) < checksumSize || binary.BigEndian.Uint64(data) != checksum(key, data[checksumSize:]) {
		return nil, errDamaged
	}
	return data[checksumSize:], nil
}

// get reads a value of a bucket, if it is there.
func get(b *bolt.Bucket, key []byte, value any) (ok bool, err error) {
	data := b.Get(key)
	if data == nil {
		return false, nil
	}
	text, err := textOf(key, data)
	if err != nil {
		return false, err
	}
	return true, json.Unmarshal(text, value)
}

// put puts a value into a bucket, and its checksum into the sum of the bucket, unless it is
// there: of most records of a class that is graded again nothing has changed.
func put(b *bolt.Bucket, key []byte, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	sum := checksum(key, text)
	old := b.Get(key)
	if len(old) > checksumSize && sumOf(old) == sum && bytes.Equal(old[checksumSize:], text) {
		return nil
	}
	if err := add(b, sum-sumOf(old)); err != nil {
		return err
	}
	return b.Put(key, append(binary.BigEndian.AppendUint64(nil, sum), text...))
}

// sumOf is what a value has added to the sum of its bucket.
func sumOf(data []byte) uint64 {
	if len(data) < checksumSize {
		return 0
	}
	return binary.BigEndian.Uint64(data)
}

func add(b *bolt.Bucket, n uint64) error {
	return b.SetSequence(b.Sequence() + n)
}

// each reads all values of a bucket.
func each(b *bolt.Bucket, do func(text []byte) error) error {
	var sum uint64
	err := b.ForEach(func(key, data []byte) error {
		text, err := textOf(key, data)
		if err != nil {
			return err
		}
		sum += sumOf(data)
		return do(text)
	})
	if err == nil && sum != b.Sequence() {
		err = errDamaged
	}
	return err
}

// guard makes an error of a panic, which is how the library says that a page of the file
// makes no sense, and of a fault, which is how it finds the file shorter than it should be.
// It is deferred as defer s.guard(&err)().
func (s *Store) guard(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		if r := recover(); r != nil {
			s.broken = true
			*err = fmt.Errorf("the store %s %w (%v)", s.name, errDamaged, r)
		}
	}
}
