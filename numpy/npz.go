package numpy

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// Files of several arrays: NumPy's format .npz, a ZIP archive of .npy files.

// WriteNPZ writes arrays by their names, free of derivatives, to w in NumPy's
// format .npz, in the order of the names; see [WriteNPY].
func WriteNPZ(w io.Writer, xs map[string]Array) error { return writeNPZ(w, xs, zip.Store) }

// WriteNPZCompressed is [WriteNPZ] with compression.
func WriteNPZCompressed(w io.Writer, xs map[string]Array) error {
	return writeNPZ(w, xs, zip.Deflate)
}

func writeNPZ(w io.Writer, xs map[string]Array, method uint16) error {
	archive := zip.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(xs)) {
		f, err := archive.CreateHeader(&zip.FileHeader{Name: name + ".npy", Method: method})
		if err == nil {
			err = WriteNPY(f, xs[name])
		}
		if err != nil {
			return err
		}
	}
	return archive.Close()
}

// ReadNPZ reads the arrays, by their names, of a file of the given size in
// NumPy's format .npz, compressed or not. What is no .npy file in it is left
// out. It returns an error that names the file if one is malformed or holds
// something else than numbers, or if two have the same name; see [ReadNPY].
func ReadNPZ(r io.ReaderAt, size int64) (map[string]Array, error) {
	xs, err := readNPZ(r, size)
	if err != nil {
		return nil, fmt.Errorf("numpy: ReadNPZ: %w", err)
	}
	return xs, nil
}

func readNPZ(r io.ReaderAt, size int64) (map[string]Array, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	xs := map[string]Array{}
	for _, f := range archive.File {
		name, ok := strings.CutSuffix(f.Name, ".npy")
		if !ok {
			continue
		}
		if _, ok := xs[name]; ok {
			return nil, fmt.Errorf("%s: twice in the file", f.Name)
		}
		if xs[name], err = readMember(f); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return xs, nil
}

func readMember(f *zip.File) (Array, error) {
	r, err := f.Open()
	if err != nil {
		return Array{}, err
	}
	defer r.Close()
	x, err := readNPY(r)
	if err == nil {
		_, err = io.Copy(io.Discard, r) // to the end, where the checksum is compared
	}
	return x, err
}

// Save writes x to a file; see [WriteNPY].
func Save(path string, x Array) error {
	return create(path, func(w io.Writer) error { return WriteNPY(w, x) })
}

// SaveZ writes arrays to a file by their names; see [WriteNPZ].
func SaveZ(path string, xs map[string]Array) error {
	return create(path, func(w io.Writer) error { return WriteNPZ(w, xs) })
}

// SaveZCompressed is [SaveZ] with compression.
func SaveZCompressed(path string, xs map[string]Array) error {
	return create(path, func(w io.Writer) error { return WriteNPZCompressed(w, xs) })
}

// create writes a file.
func create(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// Load reads an array from a file; see [ReadNPY].
func Load(path string) (Array, error) {
	f, err := os.Open(path)
	if err != nil {
		return Array{}, err
	}
	defer f.Close()
	x, err := readNPY(f)
	if err != nil {
		return Array{}, fmt.Errorf("numpy: Load: %s: %w", path, err)
	}
	return x, nil
}

// LoadZ reads arrays by their names from a file; see [ReadNPZ].
func LoadZ(path string) (map[string]Array, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	xs, err := readNPZ(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("numpy: LoadZ: %s: %w", path, err)
	}
	return xs, nil
}
