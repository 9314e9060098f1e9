package progress

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestProgress(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range []*Line{New(f), New(&bytes.Buffer{})} {
		if p.W != nil {
			t.Error("progress on what is no terminal")
		}
		p.Show("a")
		p.Clear()
	}
	if info, err := f.Stat(); err != nil || info.Size() != 0 {
		t.Errorf("the file has %d bytes, error %v", info.Size(), err)
	}
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	if p := New(device); p.W != device {
		t.Error("no progress on a character device, as terminals are")
	}
	var b bytes.Buffer
	p := Line{W: &b}
	p.Show("abc")
	p.Show("x")
	p.Clear()
	if got, want := b.String(), "\r\rabc\r   \rx\r \r"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestWidth checks that a line of letters of several bytes is cleared by as many
// blanks as it has letters.
func TestWidth(t *testing.T) {
	var b bytes.Buffer
	p := Line{W: &b}
	p.Showf("%s×%d", "é", 2)
	p.Clear()
	if got, want := b.String(), "\r\ré×2\r   \r"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	new(Line).Showf("%d", 1)
}
