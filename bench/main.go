// The bench command compares ways to derivatives on the functions of package
// problems: forward mode with one tangent and three, hyperdual and nested dual
// numbers, Taylor series, reverse mode as a whole and term by term, forward over
// reverse, dense and sparse Hessians, and what gonum has. Everything is told as a
// multiple of the plain float64 function, which is timed in turns with it.
//
// Usage:
//
//	bench [-problem list] [-mode list] [-n size] [-time t] [-limit t] [-check] [-v]
//	bench -sweep list
//	bench -suite targets [-claim list]
//	bench -list
//
// Each takes -json file, -md file, -plot dir and -modes file for output. See the
// README for what the figures mean.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/dualjet/dualjet/internal/progress"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the command. It returns the exit status: 2 for wrong arguments, which are
// all found before anything is measured, and 1 for a derivative that is wrong, a
// target that is missed, an interrupt or failed output.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintln(stderr, "bench:", strings.ReplaceAll(err.Error(), "\n", " "))
		return status
	}
	c, err := parse(args, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return fail(2, err)
	}
	if c.list {
		list(stdout)
		return 0
	}
	b := &bench{config: c, out: stdout, progress: progress.New(stderr), report: report{Machine: thisMachine()}}
	if c.check {
		b.meter = &meter{ctx: ctx}
		err = b.checkAll()
		b.progress.Clear()
		if err != nil {
			return fail(1, err)
		}
		return 0
	}
	b.meter = &meter{ctx: ctx, time: c.time}
	err = b.measure()
	b.progress.Clear()
	if ctx.Err() != nil {
		b.report.Interrupted = true
	}
	// What was measured is written even so.
	if e := b.write(); e != nil {
		return fail(1, e)
	}
	if err != nil {
		return fail(1, err)
	}
	return 0
}

// A config is what the arguments say.
type config struct {
	problems  []problem
	modes     []mode
	sweeps    []sweep
	claims    []claim
	n         int // 0 for the default
	time      time.Duration
	limit     time.Duration
	json, md  string
	plot, doc string
	formats   []string // of plots
	list      bool
	check     bool
	verbose   bool
}

// parse returns what args say. Help goes to w, together with flag.ErrHelp.
func parse(args []string, w io.Writer) (c config, err error) {
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	var problems, modeList, sweepList, suite, claimList, formats string
	f.StringVar(&problems, "problem", "", "measure the problems of a `list` of patterns such as 'gmm-*,lstm', without it all unless -sweep or -suite are given")
	f.StringVar(&modeList, "mode", "*", "the modes of a `list` of patterns such as 'gradient/*,hyper', with the kind or without")
	f.IntVar(&c.n, "n", 0, "`size` of the problems that have one, 0 for that of -list")
	f.DurationVar(&c.time, "time", 200*time.Millisecond, "`time` of a measurement")
	f.DurationVar(&c.limit, "limit", 500*time.Millisecond, "leave out what is estimated to take more `time` for one call")
	f.StringVar(&sweepList, "sweep", "", "measure over sizes where one mode overtakes another, for a `list` of patterns or all")
	f.StringVar(&suite, "suite", "", "measure a `suite`: targets, those of docs/performance.md")
	f.StringVar(&claimList, "claim", "*", "the targets of a `list` of patterns such as 'reverse/*'")
	f.StringVar(&c.json, "json", "", "write the figures to `file`")
	f.StringVar(&c.md, "md", "", "write tables in Markdown to `file`")
	f.StringVar(&c.plot, "plot", "", "draw the sweeps into the existing directory `dir`")
	f.StringVar(&formats, "format", "svg,png", "`list` of the formats of plots")
	f.StringVar(&c.doc, "modes", "", "update the tables between markers in `file`, docs/modes.md")
	f.BoolVar(&c.list, "list", false, "list problems, modes, sweeps and targets")
	f.BoolVar(&c.check, "check", false, "compare the derivatives with hand-written ones at small sizes, and measure nothing")
	f.BoolVar(&c.verbose, "v", false, "say why a mode is not for a problem, and what was checked")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(w, "usage: bench [-problem list] [-mode list] [-n size] [-check] [-sweep list] [-suite targets] [-list] …")
			f.SetOutput(w)
			f.PrintDefaults()
		}
		return c, err
	}
	given := make(map[string]bool)
	f.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if f.NArg() > 0 {
		return c, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	if c.time <= 0 || c.time > time.Hour {
		return c, fmt.Errorf("-time %v is not in 1ns to 1h", c.time)
	}
	if c.limit <= 0 {
		return c, fmt.Errorf("-limit %v is not positive", c.limit)
	}
	if suite != "" && suite != "targets" {
		return c, fmt.Errorf("-suite %q: want targets", suite)
	}
	if given["claim"] && suite == "" {
		return c, errors.New("-claim is for -suite targets")
	}
	if c.check && (sweepList != "" || suite != "") {
		return c, errors.New("-check is for problems, not for -sweep and -suite")
	}
	for _, name := range []string{"json", "md", "plot", "modes"} {
		if c.check && given[name] {
			return c, fmt.Errorf("-check measures nothing for -%s", name)
		}
	}
	if problems == "" && (sweepList == "" && suite == "") {
		problems = "*"
	}
	if problems == "" && given["n"] {
		return c, errors.New("-n is for problems: name some by -problem")
	}
	if problems == "" && given["mode"] {
		return c, errors.New("-mode is for problems: name some by -problem")
	}
	if sweepList == "all" {
		sweepList = "*"
	}
	if suite == "" {
		claimList = ""
	}
	if c.problems, err = choose("problem", problems, registry(), func(p problem) []string { return []string{p.name} }); err != nil {
		return c, err
	}
	if c.modes, err = choose("mode", modeList, modes(), func(m mode) []string { return []string{m.full(), m.name} }); err != nil {
		return c, err
	}
	if c.sweeps, err = choose("sweep", sweepList, sweeps(), func(s sweep) []string { return []string{s.name} }); err != nil {
		return c, err
	}
	if c.claims, err = choose("claim", claimList, claims(), func(c claim) []string { return []string{c.name} }); err != nil {
		return c, err
	}
	if c.formats, err = choose("format", formats, []string{"svg", "png"}, func(s string) []string { return []string{s} }); err != nil {
		return c, err
	}
	if len(c.formats) == 0 {
		return c, errors.New("-format is empty")
	}
	for _, p := range c.problems {
		if p.lo < p.hi && c.n != 0 && (c.n < p.lo || c.n > p.hi) {
			return c, fmt.Errorf("-n %d: %s has %d to %d %s", c.n, p.name, p.lo, p.hi, p.unit)
		}
	}
	return c, c.checkFiles()
}

// checkFiles looks whether the output can be written, before anything is measured.
func (c config) checkFiles() error {
	if c.plot != "" {
		if len(c.sweeps) == 0 {
			return errors.New("-plot draws the sweeps: name some by -sweep")
		}
		info, err := os.Stat(c.plot)
		if err == nil && !info.IsDir() {
			err = fmt.Errorf("%s is not a directory", c.plot)
		}
		if err != nil {
			return fmt.Errorf("-plot: %w", err)
		}
	}
	for _, f := range []struct{ flag, name string }{{"json", c.json}, {"md", c.md}} {
		if f.name == "" {
			continue
		}
		info, err := os.Stat(filepath.Dir(f.name))
		if err == nil && !info.IsDir() {
			err = fmt.Errorf("%s is not a directory", filepath.Dir(f.name))
		}
		if err != nil {
			return fmt.Errorf("-%s: %w", f.flag, err)
		}
	}
	if c.doc != "" {
		doc, err := os.ReadFile(c.doc)
		if err == nil {
			_, err = (&report{}).update(string(doc))
		}
		if err != nil {
			return fmt.Errorf("-modes: %s: %w", c.doc, err)
		}
	}
	return nil
}

// choose returns what a name of matches one of the comma-separated patterns. Each
// pattern has to match something.
func choose[T any](flag, patterns string, all []T, names func(T) []string) (chosen []T, err error) {
	if patterns == "" {
		return nil, nil
	}
	take := make([]bool, len(all))
	for _, pattern := range strings.Split(patterns, ",") {
		pattern = strings.TrimSpace(pattern)
		found := false
		for i, t := range all {
			for _, name := range names(t) {
				ok, err := path.Match(pattern, name)
				if err != nil {
					return nil, fmt.Errorf("-%s %q: %w", flag, pattern, err)
				}
				if ok || pattern == "*" {
					take[i], found = true, true
				}
			}
		}
		if !found {
			return nil, fmt.Errorf("-%s %q matches none; -list shows all", flag, pattern)
		}
	}
	for i, t := range all {
		if take[i] {
			chosen = append(chosen, t)
		}
	}
	return chosen, nil
}

// list prints what there is.
func list(w io.Writer) {
	fmt.Fprintln(w, "Problems (-problem), with the size that -n changes:")
	for _, p := range registry() {
		size := fmt.Sprintf("%d %s", p.n, p.unit)
		if p.lo == p.hi {
			size += ", fixed"
		}
		fmt.Fprintf(w, "  %-16s %-22s %s\n", p.name, size, p.about)
	}
	fmt.Fprintln(w, "\nModes (-mode), with what recording is in the time:")
	for _, m := range modes() {
		fmt.Fprintf(w, "  %-26s %-7s %s\n", m.full(), m.recording, m.about)
	}
	fmt.Fprintln(w, "\nSweeps (-sweep):")
	for _, s := range sweeps() {
		fmt.Fprintf(w, "  %-16s %s, over %s: %s\n", s.name, s.title, s.x, strings.Join(s.series, "; "))
	}
	fmt.Fprintln(w, "\nTargets (-suite targets -claim):")
	for _, c := range claims() {
		fmt.Fprintf(w, "  %-30s %-13s %-9s %s\n", c.name, c.unit, claimResult{Target: c.target, Least: c.least}.bound(), c.what)
	}
}

// A target is measured claimTime times as long as others, and at least in so many
// turns.
const (
	claimTime  = 5
	claimTurns = 7
)

// A bench is a run of the command.
type bench struct {
	config
	meter    *meter
	out      io.Writer
	progress *progress.Line
	report   report
}

// size returns the size of a problem, standard unless -n says otherwise.
func (b *bench) size(p problem, standard int) int {
	if b.n == 0 || p.lo == p.hi {
		return standard
	}
	return b.n
}

// checkAll compares all derivatives with hand-written ones.
func (b *bench) checkAll() error {
	count, wrong := 0, 0
	for _, p := range b.problems {
		size := b.size(p, p.tiny)
		in, err := p.build(size)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		done, worst := 0, 0.0
		for _, m := range b.modes {
			if err := b.meter.ctx.Err(); err != nil {
				return fmt.Errorf("interrupted after %d modes", count)
			}
			b.progress.Showf("checking %s, %s", p.name, m.full())
			j, why := m.prepare(in)
			if why == "" {
				why = m.tooLong(in, j)
			}
			if why != "" {
				if b.verbose {
					b.printf("%-16s %-26s %9s  %s\n", p.name, m.full(), "-", why)
				}
				continue
			}
			far, err := m.check(in, j)
			done++
			switch {
			case err != nil:
				wrong++
				b.printf("%-16s %-26s %v\n", p.name, m.full(), err)
			case b.verbose:
				b.printf("%-16s %-26s %9.1e\n", p.name, m.full(), far)
			}
			if m.tolerance == 0 {
				worst = max(worst, far)
			}
		}
		count += done
		b.printf("%-16s %d %s: %d modes agree with the formulas, to %.1e\n", p.name, size, p.unit, done, worst)
	}
	if wrong > 0 {
		return fmt.Errorf("%d of %d derivatives are wrong", wrong, count)
	}
	return nil
}

// printf prints to the output, past the progress.
func (b *bench) printf(format string, args ...any) {
	b.progress.Clear()
	fmt.Fprintf(b.out, format, args...)
}

// measure measures all that was asked for, into the report. The error is that of an
// interrupt, of a problem that cannot be read or of targets that are missed.
func (b *bench) measure() error {
	b.printf("%v, %s\n", b.report.Machine, b.report.Machine.Clock)
	for _, p := range b.problems {
		if err := b.measureProblem(p); err != nil {
			return err
		}
	}
	for _, s := range b.sweeps {
		r, err := s.measure(b.meter, b.progress)
		b.report.Sweeps = append(b.report.Sweeps, r)
		b.progress.Clear()
		r.print(b.out)
		if err != nil {
			return b.interrupted()
		}
	}
	if len(b.claims) > 0 {
		b.printf("\n")
		printClaimHead(b.out)
	}
	missed := 0
	for _, c := range b.claims {
		b.progress.Showf("target %s", c.name)
		r, err := c.run(&meter{b.meter.ctx, claimTime * b.time, claimTurns})
		switch {
		case b.meter.ctx.Err() != nil:
			return b.interrupted()
		case err != nil:
			return fmt.Errorf("%s: %w", c.name, err)
		}
		b.report.Claims = append(b.report.Claims, r)
		b.progress.Clear()
		r.print(b.out)
		if !r.Met {
			missed++
		}
	}
	if missed > 0 {
		return fmt.Errorf("%d of %d targets are missed", missed, len(b.claims))
	}
	return nil
}

func (b *bench) interrupted() error {
	n := 0
	for _, s := range b.report.Sweeps {
		for _, s := range s.Series {
			n += len(s.Points)
		}
	}
	for _, r := range b.report.Results {
		if r.Ratio != nil {
			n++
		}
	}
	return fmt.Errorf("interrupted after %d measurements", n+len(b.report.Claims))
}

func (b *bench) measureProblem(p problem) error {
	size := b.size(p, p.n)
	in, err := p.build(size)
	if err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	plain := in.evaluate()
	b.progress.Showf("%s", p.name)
	base, err := (&meter{ctx: b.meter.ctx, time: b.time / 20}).versus(plain, plain)
	if err != nil {
		return b.interrupted()
	}
	b.progress.Clear()
	printHead(b.out, p, in, size, base.BaseNS)
	ops := in.operations()
	for _, m := range b.modes {
		if b.meter.ctx.Err() != nil {
			return b.interrupted()
		}
		b.progress.Showf("%s, %s", p.name, m.full())
		r := result{Problem: p.name, Size: size, Unit: p.unit, Variables: len(in.x), Outputs: in.m(), Kind: m.kind, Mode: m.name, Recording: m.recording}
		j, why := m.prepare(in)
		if why == "" {
			if t := time.Duration(j.cost * base.BaseNS); t > b.limit {
				why = fmt.Sprintf("a call would take some %.1g s, -limit is %v", t.Seconds(), b.limit)
			}
		}
		if r.Reason = why; why == "" {
			t, err := b.meter.versus(plain, j.run)
			if err != nil {
				return b.interrupted()
			}
			r.Ratio, r.NS, r.PlainNS, r.Allocs, r.AllocBytes = &t.Ratio, &t.NS, t.BaseNS, t.Allocs, t.Bytes
			if r.Operations = ops.count; ops.count > 0 {
				r.NSPerOp = t.NS.Median / float64(ops.count)
				if m.kind == gradient && m.name == "generic" {
					r.BytesPerOp = ops.bytes / float64(ops.count)
				}
			}
		}
		b.report.Results = append(b.report.Results, r)
		b.progress.Clear()
		r.print(b.out, b.verbose)
	}
	return nil
}

// write writes the files. It goes on after an error, and returns the first.
func (b *bench) write() (first error) {
	save := func(name string, data []byte, err error) {
		if err == nil {
			err = os.WriteFile(name, data, 0o666)
		}
		if err == nil {
			b.printf("wrote %s\n", name)
		}
		if first == nil {
			first = err
		}
	}
	if b.json != "" {
		data, err := b.report.json()
		save(b.json, data, err)
	}
	if b.md != "" {
		save(b.md, b.report.markdown(), nil)
	}
	if b.plot != "" {
		names, figs := figures(b.report.Sweeps)
		for _, name := range names {
			for _, format := range b.formats {
				data, err := figs[name].encode(format)
				save(filepath.Join(b.plot, name+"."+format), data, err)
			}
		}
	}
	if b.doc != "" {
		doc, err := os.ReadFile(b.doc)
		var text string
		if err == nil {
			text, err = b.report.update(string(doc))
		}
		if err != nil || !bytes.Equal(doc, []byte(text)) {
			save(b.doc, []byte(text), err)
		}
	}
	return first
}
