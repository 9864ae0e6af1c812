package exercise

import "testing"

func TestRecognise(t *testing.T) {
	wrong := "package bank\n\nfunc (a *Account) Deposit(n int) {\n\ta.mu.Lock()\n\ta.balance += n // unlock?\n}\n"
	ex := Exercise{Manifest: Manifest{Files: []string{"bank.go"}}, Variants: []Variant{
		{Accepted: true, Files: map[string][]byte{"bank.go": []byte("package bank\n")}},
		{Name: "no-unlock", Feedback: "It stays locked.", Files: map[string][]byte{"bank.go": []byte(wrong)}},
	}}
	tests := []struct {
		name, src string
		want      bool
	}{
		{"itself", wrong, true},
		{"other names, layout and comments", "package bank\n// mine\nfunc (acc *Account) Deposit(amount int) { acc.mu.Lock(); acc.balance += amount }\n", true},
		{"names mixed up", "package bank\n\nfunc (a *Account) Deposit(n int) {\n\ta.mu.Lock()\n\tn += a.balance\n}\n", false},
		{"another kind of lock", "package bank\n\nfunc (a *Account) Deposit(n int) {\n\ta.mu.RLock()\n\ta.balance += n\n}\n", false},
		{"another type", "package bank\n\nfunc (a *Account) Deposit(n uint) {\n\ta.mu.Lock()\n\ta.balance += n\n}\n", false},
		{"one statement more", "package bank\n\nfunc (a *Account) Deposit(n int) {\n\ta.mu.Lock()\n\ta.balance += n\n\ta.mu.Unlock()\n}\n", false},
		{"an accepted fix", "package bank\n", false},
		{"no Go at all", "}{ \x00", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, ok := ex.Recognise(map[string][]byte{"bank.go": []byte(tt.src)})
			if ok != tt.want || (ok && v.Name != "no-unlock") {
				t.Errorf("Recognise = %q, %v", v.Name, ok)
			}
		})
	}
}
