package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// A report is what a run has measured, as -json writes it.
type report struct {
	Machine     machine       `json:"machine"`
	Interrupted bool          `json:"interrupted,omitempty"`
	Results     []result      `json:"results,omitempty"`
	Sweeps      []sweepResult `json:"sweeps,omitempty"`
	Claims      []claimResult `json:"claims,omitempty"`
}

// A machine is where it was measured.
type machine struct {
	CPU        string `json:"cpu"`
	OS         string `json:"os"`
	Arch       string `json:"arch"`
	Go         string `json:"go"`
	GOMAXPROCS int    `json:"gomaxprocs"`
	Clock      string `json:"clock"`
}

// String returns a text such as "AMD EPYC, linux/amd64, go1.26.0, GOMAXPROCS=2".
func (m machine) String() string {
	return fmt.Sprintf("%s, %s/%s, %s, GOMAXPROCS=%d", m.CPU, m.OS, m.Arch, m.Go, m.GOMAXPROCS)
}

func thisMachine() machine {
	return machine{
		CPU: cpu("/proc/cpuinfo"), OS: runtime.GOOS, Arch: runtime.GOARCH,
		Go: runtime.Version(), GOMAXPROCS: runtime.GOMAXPROCS(0), Clock: clockName,
	}
}

// cpu returns the name of the processor in a file like Linux's /proc/cpuinfo.
func cpu(file string) string {
	f, err := os.Open(file)
	if err != nil {
		return "unknown processor"
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if key, name, ok := strings.Cut(s.Text(), ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(name)
		}
	}
	return "unknown processor"
}

// A result is what was measured of a mode for a problem. If it is not for the
// problem, it has a reason and nothing below that.
type result struct {
	Problem   string `json:"problem"`
	Size      int    `json:"size"`
	Unit      string `json:"unit"`      // what the size counts
	Variables int    `json:"variables"` // of the function
	Outputs   int    `json:"outputs"`
	Kind      kind   `json:"kind"`
	Mode      string `json:"mode"`
	Recording string `json:"recording"` // timed, before or -
	Reason    string `json:"reason,omitempty"`

	Ratio      *spread `json:"ratio,omitempty"` // to the plain function
	NS         *spread `json:"ns,omitempty"`
	PlainNS    float64 `json:"plain_ns,omitempty"`
	Operations int     `json:"operations,omitempty"`
	NSPerOp    float64 `json:"ns_per_op,omitempty"`
	BytesPerOp float64 `json:"bytes_per_op,omitempty"` // of a tape with its adjoints
	Allocs     float64 `json:"allocs"`
	AllocBytes float64 `json:"alloc_bytes"`
}

func (r *report) json() ([]byte, error) {
	b, err := json.MarshalIndent(r, "", "\t")
	return append(b, '\n'), err
}

const resultColumns = "  %-26s %9s %18s %10s %7s %6s %7s %9s  %s\n"

// printHead prints what is above the results of a problem.
func printHead(w io.Writer, p problem, in *instance, size int, plain float64) {
	fmt.Fprintf(w, "\n%s: %s\n", p.name, p.about)
	fmt.Fprintf(w, "%d %s, f: %s, %s", size, p.unit, shape(len(in.x), in.m()), duration(plain))
	if ops := in.operations(); ops.count > 0 {
		fmt.Fprintf(w, ", %d operations", ops.count)
	}
	fmt.Fprintln(w)
	fmt.Fprintf(w, resultColumns, "mode", "× plain", "[quartiles]", "time", "ns/op", "B/op", "allocs", "bytes", "recording")
}

// shape returns a text such as "R⁵⁰ → R".
func shape(n, m int) string {
	power := func(n int) string {
		if n == 1 {
			return "R"
		}
		return "R" + superscript(n)
	}
	return power(n) + " → " + power(m)
}

// superscript formats an exponent n ≥ 0.
func superscript(n int) string {
	return strings.Map(func(r rune) rune { return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0'] }, fmt.Sprint(n))
}

// print prints r as a line, with the reason if verbose.
func (r result) print(w io.Writer, verbose bool) {
	name := string(r.Kind) + "/" + r.Mode
	if r.Ratio == nil {
		if verbose {
			fmt.Fprintf(w, "  %-26s %9s  %s\n", name, "-", r.Reason)
		} else {
			fmt.Fprintf(w, "  %-26s %9s\n", name, "-")
		}
		return
	}
	optional := func(v float64) string {
		if v == 0 {
			return ""
		}
		return digits(v)
	}
	fmt.Fprintf(w, resultColumns, name, digits(r.Ratio.Median),
		fmt.Sprintf("[%s, %s]", digits(r.Ratio.Q1), digits(r.Ratio.Q3)), duration(r.NS.Median),
		optional(r.NSPerOp), optional(r.BytesPerOp), digits(r.Allocs), digits(r.AllocBytes), r.Recording)
}

// markdown writes the results of the kinds as a table: a row a problem, a column a
// mode, ratios to the plain function. The smallest of an exact mode is bold if there
// is one kind. Modes and
// problems without any number are left out.
func markdown(w io.Writer, results []result, kinds ...kind) {
	type key struct{ problem, mode string }
	cells := make(map[key]result)
	var rows []result
	var cols []mode
	for _, m := range modes() {
		used := false
		for _, r := range results {
			if r.Kind == m.kind && r.Mode == m.name && r.Ratio != nil {
				cells[key{r.Problem, m.full()}] = r
				used = true
			}
		}
		for _, k := range kinds {
			if used && k == m.kind {
				cols = append(cols, m)
			}
		}
	}
	for _, r := range results {
		if len(rows) == 0 || rows[len(rows)-1].Problem != r.Problem {
			rows = append(rows, r)
		}
	}
	fmt.Fprint(w, "| problem | f | plain")
	for _, m := range cols {
		name := m.name
		if len(kinds) > 1 {
			name = string(m.kind) + " " + name
		}
		fmt.Fprintf(w, " | %s", name)
	}
	fmt.Fprintf(w, " |\n|---|---|%s\n", strings.Repeat("---|", len(cols)+1))
	for _, p := range rows {
		best, plain := 0.0, 0.0
		for _, m := range cols {
			if r, ok := cells[key{p.Problem, m.full()}]; ok {
				plain = r.PlainNS
				if m.rivals() && (best == 0 || r.Ratio.Median < best) {
					best = r.Ratio.Median
				}
			}
		}
		if plain == 0 {
			continue
		}
		fmt.Fprintf(w, "| %s | %s | %s", p.Problem, shape(p.Variables, p.Outputs), duration(plain))
		for _, m := range cols {
			switch r, ok := cells[key{p.Problem, m.full()}]; {
			case !ok:
				fmt.Fprint(w, " | -")
			case len(kinds) == 1 && m.rivals() && digits(r.Ratio.Median) == digits(best):
				fmt.Fprintf(w, " | **%s**", digits(best))
			default:
				fmt.Fprintf(w, " | %s", digits(r.Ratio.Median))
			}
		}
		fmt.Fprintln(w, " |")
	}
}
