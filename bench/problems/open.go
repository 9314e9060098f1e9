package problems

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// An Instance is what [Open] finds in a file.
type Instance struct {
	// Kind is the name of the problem in GradBench: gmm, ba, lstm, ht, det, llsq,
	// lse, ode, kmeans, particle or saddle.
	Kind string
	// Problem is a *GMM, *BA, *LSTM, *Hand, *LeastSquares, ODE or *KMeans. It is
	// nil for the others, which have nothing but a point.
	Problem any
	// X is where the file asks for derivatives: the parameters, the matrix of det,
	// w of particle, the start of saddle. For ba these are the [BAParams] of one
	// observation, since all start from the same.
	X []float64
}

// Open reads an instance of any kind, in a file of ADBench or an input of GradBench
// in JSON. What is in it tells the kind. The hand that an instance of ADBench's hand
// tracking belongs to lies beside it, in a folder model or hand_model.
func Open(name string) (*Instance, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	folder := filepath.Dir(name)
	return readInstance(f, name, os.DirFS(folder), folder)
}

// readInstance reads an instance of any kind. What lies beside it is in dir, which
// errors call folder.
func readInstance(r io.Reader, name string, dir fs.FS, folder string) (*Instance, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, 1+bytes.Count(data, []byte("\n")), err)
	}
	if bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) {
		return readJSONInstance(data, name)
	}
	in := newReader(bytes.NewReader(data), name)
	kind, err := textKind(in)
	if err != nil {
		return nil, err
	}
	all := bytes.NewReader(data)
	switch kind {
	case "gmm":
		return instance(kind, (*GMM).Params)(ReadGMM(all, name))
	case "ba":
		return instance(kind, (*BA).block)(ReadBA(all, name))
	case "lstm":
		return instance(kind, (*LSTM).Params)(ReadLSTM(all, name))
	}
	model, err := findModel(dir, folder)
	if err != nil {
		return nil, fmt.Errorf("%s:%d: %w", name, in.line, err)
	}
	return instance(kind, (*Hand).Params)(ReadHand(all, name, model))
}

// instance makes an Instance of what a reader returns.
func instance[P any](kind string, params func(P) []float64) func(p P, err error) (*Instance, error) {
	return func(p P, err error) (*Instance, error) {
		if err != nil {
			return nil, err
		}
		return &Instance{kind, p, params(p)}, nil
	}
}

// block returns the parameters of an observation.
func (b *BA) block() []float64 {
	return append(slices.Concat(b.Camera[:], b.Point[:]), b.Weight)
}

// textKind tells the kind of a file of ADBench from its first two lines: hand
// tracking has two sizes; after three there follows one number for a mixture model,
// eleven for a camera, and a multiple of four for an LSTM.
func textKind(in *reader) (string, error) {
	row, err := in.numbers(3)
	if err != nil {
		return "", in.explain(err, 0, 0, "the sizes of an instance")
	}
	switch len(row) {
	case 1:
		return "", in.errorf("1 number, want the 2 or 3 sizes of an instance")
	case 2:
		return "ht", nil
	}
	row, err = in.numbers(maxSize)
	if err != nil {
		return "", in.explain(err, 0, 0, "the line after the sizes")
	}
	switch n := len(row); {
	case n == 1:
		return "gmm", nil
	case n == 11:
		return "ba", nil
	case n%4 == 0:
		return "lstm", nil
	default:
		return "", in.errorf("%s, want 1 (gmm), 11 (ba) or a multiple of 4 (lstm)", count(n))
	}
}

// findModel reads the model of a hand, which lies where it does in ADBench or in
// the test data.
func findModel(dir fs.FS, folder string) (*HandModel, error) {
	for _, name := range []string{"model", "hand_model"} {
		if info, err := fs.Stat(dir, name); err != nil || !info.IsDir() {
			continue
		}
		sub, err := fs.Sub(dir, name)
		if err != nil {
			return nil, err
		}
		return ReadHandModel(sub, path.Join(filepath.ToSlash(folder), name))
	}
	return nil, errors.New("no folder model or hand_model beside an instance of hand tracking")
}

// readJSONInstance reads an input of GradBench. Its fields tell the kind.
func readJSONInstance(data []byte, name string) (*Instance, error) {
	in, err := parseJSON(bytes.NewReader(data), name)
	if err != nil {
		return nil, err
	}
	all := bytes.NewReader(data)
	i := new(Instance)
	switch {
	case in.has("theta"):
		return instance("ht", (*Hand).Params)(ReadHandJSON(all, name))
	case in.has("alpha"):
		return instance("gmm", (*GMM).Params)(ReadGMMJSON(all, name))
	case in.has("cam"):
		return instance("ba", (*BA).block)(ReadBAJSON(all, name))
	case in.has("main_params"):
		return instance("lstm", (*LSTM).Params)(ReadLSTMJSON(all, name))
	case in.has("A"):
		i.Kind = "det"
		i.X, err = ReadDet(all, name)
	case in.has("centroids"):
		i.Kind = "kmeans"
		i.Problem, i.X, err = ReadKMeans(all, name)
	case in.has("start"):
		i.Kind, i.X = "saddle", make([]float64, 2)
		var start [2]float64
		start, err = ReadSaddle(all, name)
		copy(i.X, start[:])
	case in.has("w"):
		i.Kind, i.X = "particle", make([]float64, 1)
		i.X[0], err = ReadParticle(all, name)
	case in.has("x") && in.has("n"):
		i.Kind = "llsq"
		i.Problem, i.X, err = ReadLeastSquares(all, name)
	case in.has("x") && in.has("s"):
		i.Kind = "ode"
		i.Problem, i.X, err = ReadODE(all, name)
	case in.has("x"):
		i.Kind = "lse"
		i.X, err = ReadLSE(all, name)
	default:
		return nil, fmt.Errorf("%s:1: no field of an input of GradBench", name)
	}
	if err != nil {
		return nil, err
	}
	return i, nil
}
