package numpy_test

import (
	"bytes"
	"strings"
	"testing"

	np "github.com/dualjet/dualjet/numpy"
)

// FuzzReadNPY reads anything: the result is an array or an error, and an array
// is no larger than the file says by its length.
func FuzzReadNPY(f *testing.F) {
	var b bytes.Buffer
	for _, x := range []np.Array{np.Ones(2, 3), np.AsComplex(np.Ones(2)), np.Scalar(1), np.Zeros(0, 3)} {
		b.Reset()
		np.WriteNPY(&b, x)
		f.Add(b.Bytes())
	}
	for _, shape := range []string{"(9223372036854775807, 2)", "(4294967296, 4294967296)", "(1000000000000,)", "(-1,)", "(3", "(0, 9223372036854775807, 9223372036854775807)", "(1,)*9"} {
		for _, descr := range []string{"<f8", ">c16", "|b1", "<i4", "<f2", "|O", "<U9", "<f99999999999999999999"} {
			head := "{'descr': '" + descr + "', 'fortran_order': True, 'shape': " + shape + ", }\n"
			f.Add([]byte("\x93NUMPY\x01\x00" + string([]byte{byte(len(head)), 0}) + head + "12345678"))
		}
	}
	f.Add([]byte("\x93NUMPY\x02\x00\xff\xff\xff\xff{"))
	f.Fuzz(func(t *testing.T, file []byte) {
		x, err := np.ReadNPY(bytes.NewReader(file))
		if err == nil && x.Size() > len(file) {
			t.Errorf("%d elements of %d bytes", x.Size(), len(file))
		}
	})
}

// FuzzReadNPZ reads anything as an archive.
func FuzzReadNPZ(f *testing.F) {
	var b bytes.Buffer
	np.WriteNPZ(&b, map[string]np.Array{"a": np.Ones(2, 3), "b": np.Scalar(1)})
	f.Add(bytes.Clone(b.Bytes()))
	b.Reset()
	np.WriteNPZCompressed(&b, map[string]np.Array{"a": np.Ones(100)})
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, file []byte) {
		np.ReadNPZ(bytes.NewReader(file), int64(len(file)))
	})
}

// FuzzReadText reads anything as numbers in lines.
func FuzzReadText(f *testing.F) {
	for _, s := range []string{"1 2\n3 4\n", "1,2\n3\n", "# a\n\n1e999\n", "(1+2j) nan\n", "1 \"2\"\r\n", "0x1p-3 1_0 inf\n"} {
		f.Add(s, " ", 0)
		f.Add(s, ",", 1)
		f.Add(s, "", -1)
	}
	f.Fuzz(func(t *testing.T, file, delimiter string, skip int) {
		var x np.Array
		var err error
		// Delimiters and lines to skip are of the program, not of the file.
		if np.Maybe(func() { x, err = np.ReadText(strings.NewReader(file), delimiter, skip) }) == nil && err == nil && x.Size() > len(file)+1 {
			t.Errorf("%d elements of %d bytes", x.Size(), len(file))
		}
	})
}
