package meter

import "testing"

// The meter is read three times and then stopped.
func TestMeterStops(t *testing.T) {
	m := Start()
	for want := 1; want <= 3; want++ {
		if got := m.Next(); got != want {
			t.Errorf("the meter says %d, want %d", got, want)
		}
	}
	m.Stop()
}
