package numpy_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	np "github.com/dualjet/dualjet/numpy"
)

// npy returns the file with the header and the data in hexadecimal.
func npy(version byte, head, data string) []byte {
	size := []byte{byte(len(head)), 0}
	if version > 1 {
		size = append(size, 0, 0)
	}
	raw, err := hex.DecodeString(data)
	if err != nil {
		panic(err)
	}
	return slices.Concat([]byte("\x93NUMPY"), []byte{version, 0}, size, []byte(head), raw)
}

// TestReadNPY reads what NumPy writes.
func TestReadNPY(t *testing.T) {
	for _, c := range []struct {
		version    byte
		head, data string
		want       np.Array
	}{
		{1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }\n", "000000000000f03f0000000000000440000000000000084000000000000010c0",
			np.Of([][]float64{{1, 2.5}, {3, -4}})},
		{1, "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }\n", "00000000000000000000000000000840000000000000f03f000000000000104000000000000000400000000000001440",
			np.Of([][]float64{{0, 1, 2}, {3, 4, 5}})},
		{2, "{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }\n", "000000000000f03f0000000000000040", np.FromComplex([]complex128{1 + 2i})},
		{1, "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }\n", "0000803f000080bf", np.FromComplex([]complex128{1 - 1i})},
		{1, "{'descr': '<f2', 'fortran_order': False, 'shape': (4,), }\n", "003e00c00100007c", np.FromSlice([]float64{1.5, -2, 0x1p-24, math.Inf(1)})},
		{3, "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }\n", "3f000000", np.FromSlice([]float64{0.5})},
		{1, "{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }\n", "fffd012c", np.FromSlice([]float64{-3, 300})},
		{1, "{'descr': '|i1', 'fortran_order': False, 'shape': (1,), }\n", "ff", np.FromSlice([]float64{-1})},
		{1, "{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }\n", "fbffffffffffffff", np.FromSlice([]float64{-5})},
		{1, "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }\n", "c8", np.FromSlice([]float64{200})},
		{1, "{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }\n", "0000000000000080", np.FromSlice([]float64{1 << 63})},
		{1, "{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }\n", "0100", np.FromSlice([]float64{1, 0})},
		{1, "{'descr': '<f8', 'fortran_order': False, 'shape': (), }\n", "0000000000001c40", np.Scalar(7)},
		{1, "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }\n", "", np.Zeros(0, 3)},
	} {
		got, err := np.ReadNPY(iotest.OneByteReader(bytes.NewReader(npy(c.version, c.head, c.data))))
		if err != nil {
			t.Errorf("%s: %v", c.head, err)
			continue
		}
		if !slices.Equal(got.Shape(), c.want.Shape()) || got.IsComplex() != c.want.IsComplex() || !slices.Equal(got.Complex128s(), c.want.Complex128s()) {
			t.Errorf("%s: got\n%v\nwant\n%v", c.head, got, c.want)
		}
	}
}

func TestReadNPYErrors(t *testing.T) {
	const good = "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n"
	change := func(from, to string) []byte { return npy(1, strings.Replace(good, from, to, 1), "0000000000001c40") }
	for _, c := range []struct {
		file []byte
		want string
	}{
		{nil, "magic string: EOF"},
		{[]byte("PK\x03\x04 and more"), "magic string"},
		{[]byte("\x93NUMPY\x09\x00"), "version 9.0"},
		{[]byte("\x93NUMPY\x01\x00"), "length of the header: unexpected EOF"},
		{npy(1, good, "")[:20], "header: unexpected EOF"},
		{npy(1, good, "0000"), "2 bytes of data, shape (1) of \"<f8\" has 8: unexpected EOF"},
		{change("<f8", "<M8"), "descr \"<M8\""},
		{change("<f8", "|O"), "descr \"|O\""},
		{change("<f8", "<f16"), "descr \"<f16\""},
		{change("'<f8'", "[('a', '<f8')]"), "descr"},
		{change("False", "Maybe"), "fortran_order"},
		{change("(1,)", "(-1,)"), "shape"},
		{change("(1,)", "(1 2,)"), "shape (1 2,)"},
		{change("(1,)", "(4294967296, 4294967296)"), "too large"},
		{change("(1,)", "(1000000000000,)"), "8 bytes of data"},
	} {
		_, err := np.ReadNPY(bytes.NewReader(c.file))
		if err == nil || !strings.HasPrefix(err.Error(), "numpy: ReadNPY: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got error %v, want %q", err, c.want)
		}
	}
}

func TestWriteNPY(t *testing.T) {
	xs := []np.Array{
		np.FromSlice([]float64{1, math.Inf(-1), 0x1p-1074}), np.Scalar(2), np.Zeros(3, 0),
		np.Reshape(np.Arange(0, 6, 1), 2, 3).T(), np.FromComplex([]complex128{1 + 2i, -1i}, 2, 1),
	}
	var file bytes.Buffer
	for _, x := range xs {
		before := file.Len()
		if err := np.WriteNPY(&file, x); err != nil {
			t.Fatal(err)
		}
		bytes := 8
		if x.IsComplex() {
			bytes = 16
		}
		if head := file.Len() - before - x.Size()*bytes; head%64 != 0 {
			t.Errorf("shape %v: data start at %d", x.Shape(), head)
		}
	}
	// A bytes.Buffer is read no further than needed.
	for _, x := range xs {
		got, err := np.ReadNPY(&file)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Shape(), x.Shape()) || !slices.Equal(got.Complex128s(), x.Complex128s()) {
			t.Errorf("got\n%v\nwant\n%v", got, x)
		}
	}
	if _, err := np.ReadNPY(&file); !errors.Is(err, io.EOF) {
		t.Errorf("got %v at the end, want io.EOF", err)
	}
	if err := np.WriteNPY(failing{}, np.Zeros(3)); err == nil {
		t.Error("no error from a writer that fails")
	}
}

// failing is a writer that fails.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
