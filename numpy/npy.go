package numpy

import (
	"bufio"
	endian "encoding/binary"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Files of NumPy's format .npy. The format is documented under
// numpy.lib.format.

const npyMagic = "\x93NUMPY"

// WriteNPY writes the numbers of x, free of derivatives, to w in NumPy's format
// .npy: little-endian float64 or complex128, in row-major order.
func WriteNPY(w io.Writer, x Array) error {
	descr := "<f8"
	if x.IsComplex() {
		descr = "<c16"
	}
	shape := strings.ReplaceAll(shapeString(x.Shape()), ",", ", ")
	if x.NDim() == 1 {
		shape = fmt.Sprintf("(%d,)", x.Size())
	}
	head := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, shape)
	// The data start at a multiple of 64 bytes, after a newline.
	const before = len(npyMagic) + 4
	head += strings.Repeat(" ", 63-(before+len(head))%64) + "\n"

	out := bufio.NewWriter(w)
	out.WriteString(npyMagic + "\x01\x00")
	out.Write(endian.LittleEndian.AppendUint16(nil, uint16(len(head))))
	out.WriteString(head)
	var buf [8]byte
	put := func(v float64) {
		endian.LittleEndian.PutUint64(buf[:], math.Float64bits(v))
		out.Write(buf[:])
	}
	if x.IsComplex() {
		for _, z := range x.Complex128s() {
			put(real(z))
			put(imag(z))
		}
	} else {
		for _, v := range x.Float64s() {
			put(v)
		}
	}
	return out.Flush()
}

// ReadNPY reads an array in NumPy's format .npy, version 1 to 3. Booleans,
// integers and floating-point numbers become float64, complex numbers
// complex128. It returns an error that names the field if the file is malformed
// or holds something else, and one that wraps [io.EOF] if r is at its end. It
// may read beyond the array unless r is an [io.ByteReader].
func ReadNPY(r io.Reader) (Array, error) {
	x, err := readNPY(r)
	if err != nil {
		return Array{}, fmt.Errorf("numpy: ReadNPY: %w", err)
	}
	return x, nil
}

func readNPY(in io.Reader) (Array, error) {
	if _, ok := in.(io.ByteReader); !ok {
		in = bufio.NewReader(in)
	}
	head, err := npyHeader(in)
	if err != nil {
		return Array{}, err
	}
	descr, err := npyField(head, "descr", `'([^']*)'`)
	if err != nil {
		return Array{}, err
	}
	number, err := npyType(descr)
	if err != nil {
		return Array{}, err
	}
	fortran, err := npyField(head, "fortran_order", `(True|False)`)
	if err != nil {
		return Array{}, err
	}
	text, err := npyField(head, "shape", `\(([0-9L, ]*)\)`)
	if err != nil {
		return Array{}, err
	}
	shape, size, err := npyShape(text, number.size)
	if err != nil {
		return Array{}, err
	}
	// ReadAll grows with what is there, whatever the header promises.
	data, err := io.ReadAll(io.LimitReader(in, int64(size*number.size)))
	if err != nil {
		return Array{}, err
	}
	if len(data) < size*number.size {
		return Array{}, fmt.Errorf("%d bytes of data, shape %s of %q has %d: %w", len(data), shapeString(shape), descr, size*number.size, io.ErrUnexpectedEOF)
	}
	order := slices.Clone(shape)
	if fortran == "True" {
		slices.Reverse(order)
	}
	var x Array
	if number.kind == 'c' {
		v := make([]complex128, size)
		for i := range v {
			at := data[i*number.size:]
			v[i] = complex(number.float(at), number.float(at[number.size/2:]))
		}
		x = WrapComplex(v, order...)
	} else {
		v := make([]float64, size)
		for i := range v {
			v[i] = number.float(data[i*number.size:])
		}
		x = Wrap(v, order...)
	}
	if fortran == "True" {
		x = Transpose(x)
	}
	return x, nil
}

// npyHeader returns the dictionary that describes the data.
func npyHeader(r io.Reader) (string, error) {
	start := make([]byte, len(npyMagic)+2)
	if _, err := io.ReadFull(r, start); err != nil {
		return "", fmt.Errorf("magic string: %w", err)
	}
	if string(start[:len(npyMagic)]) != npyMagic {
		return "", fmt.Errorf("magic string %q, want %q", start[:len(npyMagic)], npyMagic)
	}
	version, size := start[len(npyMagic)], 4
	switch version {
	case 1:
		size = 2
	case 2, 3:
	default:
		return "", fmt.Errorf("version %d.%d is unknown", version, start[len(npyMagic)+1])
	}
	length := make([]byte, 4)
	if _, err := io.ReadFull(r, length[:size]); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return "", fmt.Errorf("length of the header: %w", err)
	}
	n := endian.LittleEndian.Uint32(length)
	head, err := io.ReadAll(io.LimitReader(r, int64(n)))
	if err == nil && len(head) < int(n) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return "", fmt.Errorf("header: %w", err)
	}
	return string(head), nil
}

// npyField returns the value of a field of the header, the part of the pattern
// in parentheses.
func npyField(head, name, pattern string) (string, error) {
	m := regexp.MustCompile(`['"]` + name + `['"]\s*:\s*` + pattern).FindStringSubmatch(head)
	if m == nil {
		return "", fmt.Errorf("no or unknown %s in header %q", name, head)
	}
	return m[1], nil
}

func npyShape(text string, bytes int) (shape []int, size int, err error) {
	shape, size = []int{}, 1
	for _, s := range strings.Split(text, ",") {
		s = strings.TrimSuffix(strings.TrimSpace(s), "L")
		if s == "" {
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil {
			return nil, 0, fmt.Errorf("shape (%s)", text)
		}
		if n > 0 && size > math.MaxInt/bytes/n {
			return nil, 0, fmt.Errorf("shape (%s) is too large", text)
		}
		shape, size = append(shape, n), size*n
	}
	return shape, size, nil
}

// npyNumber is a type of numbers in a file.
type npyNumber struct {
	kind  byte // 'b', 'i', 'u', 'f', 'c'
	size  int  // in bytes
	order endian.ByteOrder
}

func npyType(descr string) (npyNumber, error) {
	t := npyNumber{order: endian.LittleEndian}
	if len(descr) < 3 || !strings.Contains("<>|=", descr[:1]) {
		return t, fmt.Errorf("descr %q is not a type of numbers", descr)
	}
	if descr[0] == '>' {
		t.order = endian.BigEndian
	}
	switch descr[1:] {
	case "b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16":
	default:
		return t, fmt.Errorf("descr %q is not a type of numbers", descr)
	}
	t.kind = descr[1]
	t.size, _ = strconv.Atoi(descr[2:])
	return t, nil
}

// float returns the number, or one part of a complex one, at the start of b.
func (t npyNumber) float(b []byte) float64 {
	size := t.size
	if t.kind == 'c' {
		size /= 2
	}
	var bits uint64
	switch size {
	case 1:
		bits = uint64(b[0])
	case 2:
		bits = uint64(t.order.Uint16(b))
	case 4:
		bits = uint64(t.order.Uint32(b))
	case 8:
		bits = t.order.Uint64(b)
	}
	switch t.kind {
	case 'b':
		return truth(bits != 0)
	case 'u':
		return float64(bits)
	case 'i':
		return float64(int64(bits) << (64 - 8*size) >> (64 - 8*size))
	}
	switch size {
	case 2:
		return float16(uint16(bits))
	case 4:
		return float64(math.Float32frombits(uint32(bits)))
	}
	return math.Float64frombits(bits)
}

// float16 returns the number of half precision with the given bits.
func float16(bits uint16) float64 {
	frac, exp := float64(bits&0x3ff), int(bits>>10&0x1f)
	v := math.Ldexp(frac, -24)
	switch {
	case exp == 31 && frac != 0:
		return math.NaN()
	case exp == 31:
		v = math.Inf(1)
	case exp > 0:
		v = math.Ldexp(1024+frac, exp-25)
	}
	if bits>>15 != 0 {
		v = -v
	}
	return v
}
