package numpy_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

func sameArray(x, y np.Array) bool {
	return slices.Equal(x.Shape(), y.Shape()) && x.IsComplex() == y.IsComplex() && slices.Equal(x.Complex128s(), y.Complex128s())
}

// writtenByNumPy is what numpy.savez_compressed wrote for
// a=np.array([[1, 2.5], [3, -4]]), b=np.array([True, False]) and, as
// arr_0, np.asfortranarray([[1, 2, 3], [4, 5, 6]], dtype='>i4').
const writtenByNumPy = "UEsDBC0AAAAIAAAAIQAHYZuP//////////8FABQAYS5ucHkBABAAoAAAAAAAAABVAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6" +
	"Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CkaaOgq1CmQDLgYw+GAPoVkcIDQHlBY4AABQSwMELQAAAAgAAAAhAO4Zu13/////////" +
	"/wUAFABiLm5weQEAEACCAAAAAAAAAEYAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgXpNkqK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJB" +
	"akAvkaRjqaOgq1ChQALkYGAFBLAwQtAAAACAAAACEAD7xbOP//////////CQAUAGFycl8wLm5weQEAEACYAAAAAAAAAFYAAAAAAAAAm+wX6hsQ" +
	"ychQxlCtnpJanFykbqWgbpdpoq6joJ6WX1RSlJgXn1+UkgoSDykqTQUKF2ckFqQCuRpGOgrGmjoKtQrkAy4GBgZGIGYBYiYgZgViZiBmAwBQSw" +
	"ECLQMtAAAACAAAACEAB2Gbj1UAAACgAAAABQAAAAAAAAAAAAAAgAEAAAAAYS5ucHlQSwECLQMtAAAACAAAACEA7hm7XUYAAACCAAAABQAAAAAA" +
	"AAAAAAAAgAGMAAAAYi5ucHlQSwECLQMtAAAACAAAACEAD7xbOFYAAACYAAAACQAAAAAAAAAAAAAAgAEJAQAAYXJyXzAubnB5UEsFBgAAAAADAA" +
	"MAnQAAAJoBAAAAAA=="

func TestReadNPZ(t *testing.T) {
	raw, err := base64.StdEncoding.DecodeString(writtenByNumPy)
	if err != nil {
		t.Fatal(err)
	}
	xs, err := np.ReadNPZ(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]np.Array{
		"a":     np.Of([][]float64{{1, 2.5}, {3, -4}}),
		"b":     np.FromSlice([]float64{1, 0}),
		"arr_0": np.Of([][]float64{{1, 2, 3}, {4, 5, 6}}),
	}
	if len(xs) != len(want) {
		t.Errorf("got %d arrays, want %d", len(xs), len(want))
	}
	for name, x := range want {
		if !sameArray(xs[name], x) {
			t.Errorf("%s: got\n%v\nwant\n%v", name, xs[name], x)
		}
	}
	// A changed byte of the data is found.
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	first := archive.File[0]
	at, err := first.DataOffset()
	if err != nil {
		t.Fatal(err)
	}
	broken := bytes.Clone(raw)
	broken[at+int64(first.CompressedSize64)-3] ^= 1
	if _, err := np.ReadNPZ(bytes.NewReader(broken), int64(len(raw))); err == nil {
		t.Error("no error for a file that is broken")
	}
}

func TestWriteNPZ(t *testing.T) {
	xs := map[string]np.Array{
		"weights": np.Of([][]float64{{1, math.Inf(-1)}, {0, 2}}), "b/c": np.Scalar(3),
		"z": np.FromComplex([]complex128{1 + 2i}), "empty": np.Zeros(0, 2), "t": np.Reshape(np.Arange(0, 6, 1), 2, 3).T(),
	}
	path := filepath.Join(t.TempDir(), "a.npz")
	for name, save := range map[string]func(string, map[string]np.Array) error{"SaveZ": np.SaveZ, "SaveZCompressed": np.SaveZCompressed} {
		if err := save(path, xs); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := np.LoadZ(path)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(got) != len(xs) {
			t.Errorf("%s: got %d arrays, want %d", name, len(got), len(xs))
		}
		for key, x := range xs {
			if !sameArray(got[key], x) {
				t.Errorf("%s: %s: got\n%v\nwant\n%v", name, key, got[key], x)
			}
		}
	}
	if err := np.WriteNPZ(failing{}, xs); err == nil {
		t.Error("no error from a writer that fails")
	}
	var plain, small bytes.Buffer
	zeros := map[string]np.Array{"x": np.Zeros(1000)}
	if err := np.WriteNPZ(&plain, zeros); err != nil {
		t.Fatal(err)
	}
	if err := np.WriteNPZCompressed(&small, zeros); err != nil {
		t.Fatal(err)
	}
	if plain.Len() < 8000 || small.Len() > 1000 {
		t.Errorf("%d bytes, compressed %d", plain.Len(), small.Len())
	}
}

func TestSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.npy")
	x := np.Of([][]float64{{1, 2}, {3, 4}})
	if err := np.Save(path, x); err != nil {
		t.Fatal(err)
	}
	got, err := np.Load(path)
	if err != nil || !sameArray(got, x) {
		t.Errorf("got %v, %v", got, err)
	}
	if err := np.Save(filepath.Join(path, "no", "folder"), x); err == nil {
		t.Error("no error for a file that cannot be written")
	}
	if _, err := np.Load(path + "x"); err == nil {
		t.Error("no error for a file that is not there")
	}
	if _, err := np.LoadZ(path + "x"); err == nil {
		t.Error("no error for a file that is not there")
	}
	if _, err := np.LoadZ(path); err == nil || !strings.HasPrefix(err.Error(), "numpy: LoadZ: "+path+": ") {
		t.Errorf("got error %v for an array without an archive", err)
	}
	if err := os.WriteFile(path, []byte("PK\x03\x04 and more"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := np.Load(path); err == nil || !strings.HasPrefix(err.Error(), "numpy: Load: "+path+": magic string") {
		t.Errorf("got error %v", err)
	}
}

func TestReadNPZErrors(t *testing.T) {
	archive := func(names ...string) []byte {
		var file bytes.Buffer
		w := zip.NewWriter(&file)
		for _, name := range names {
			f, err := w.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case strings.HasPrefix(name, "good"):
				if err := np.WriteNPY(f, np.Scalar(1)); err != nil {
					t.Fatal(err)
				}
			default:
				io.WriteString(f, "text")
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return file.Bytes()
	}
	for _, c := range []struct {
		file []byte
		want string
	}{
		{nil, "zip"},
		{archive("good.npy", "bad.npy"), "bad.npy: magic string"},
		{archive("good.npy", "good.npy"), "good.npy: twice in the file"},
		{archive("good.npy")[:50], "zip"},
	} {
		_, err := np.ReadNPZ(bytes.NewReader(c.file), int64(len(c.file)))
		if err == nil || !strings.HasPrefix(err.Error(), "numpy: ReadNPZ: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got error %v, want %q", err, c.want)
		}
	}
	file := archive("good.npy", "notes.txt")
	if xs, err := np.ReadNPZ(bytes.NewReader(file), int64(len(file))); err != nil || len(xs) != 1 {
		t.Errorf("got %v, %v", xs, err)
	}
}
