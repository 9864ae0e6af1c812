package tariff

import (
	"sync"
	"testing"
)

// A customer asks for a price while the tax is raised.
func TestPriceWhileTheTaxChanges(t *testing.T) {
	tariff := New(map[string]int{"lamp": 200}, 10)
	var total int
	var shop sync.WaitGroup
	shop.Go(func() { total = tariff.Total("lamp") })
	tariff.SetTax(20)
	shop.Wait()

	if total != 220 && total != 240 {
		t.Errorf("the lamp costs %d, want 220 or 240", total)
	}
}
