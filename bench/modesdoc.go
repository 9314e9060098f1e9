package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// The command replaces what is between such lines in a document.
const (
	shapesBlock    = "shapes"
	crossingsBlock = "crossings"
)

func markers(block string) (begin, end string) {
	return fmt.Sprintf("<!-- bench: %s -->", block), fmt.Sprintf("<!-- /bench: %s -->", block)
}

// replaceBlock returns doc with text between the markers of the block.
func replaceBlock(doc, block, text string) (string, error) {
	begin, end := markers(block)
	before, rest, ok := strings.Cut(doc, begin+"\n")
	if !ok || strings.Contains(rest, begin+"\n") {
		return "", fmt.Errorf("want the line %q once", begin)
	}
	_, after, ok := strings.Cut(rest, end+"\n")
	if !ok {
		return "", fmt.Errorf("want the line %q after %q", end, begin)
	}
	return before + begin + "\n" + text + end + "\n" + after, nil
}

// update returns the document with the tables of what was measured. A block for
// which nothing was measured stays.
func (r *report) update(doc string) (string, error) {
	shapes, crossings := r.shapes(), r.crossings()
	for _, b := range []struct{ name, text string }{{shapesBlock, shapes}, {crossingsBlock, crossings}} {
		text := b.text
		if text == "" { // still, the markers have to be there
			begin, end := markers(b.name)
			_, rest, _ := strings.Cut(doc, begin+"\n")
			text, _, _ = strings.Cut(rest, end+"\n")
		}
		var err error
		if doc, err = replaceBlock(doc, b.name, text); err != nil {
			return "", err
		}
	}
	return doc, nil
}

// measuredOn says where and how it was measured.
func (r *report) measuredOn() string {
	return fmt.Sprintf("Measured on %v, by %s.", r.Machine, r.Machine.Clock)
}

// shapes returns the tables of problems and modes, "" if there are none.
func (r *report) shapes() string {
	if len(r.Results) == 0 {
		return ""
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "\n%s\n", r.measuredOn())
	r.tables(&b)
	fmt.Fprintln(&b)
	return b.String()
}

// tables writes a table for each kind of derivative, the small ones together.
func (r *report) tables(w io.Writer) {
	for _, t := range []struct {
		title string
		kinds []kind
	}{
		{"Gradients and Jacobians, in evaluations of the plain function", []kind{gradient}},
		{"Gradients of functions with a gradient inside", []kind{inner}},
		{"Hessian-vector products, Laplacians and derivatives along a line", []kind{productHv, laplacian, line}},
		{"Hessians", []kind{hessianH}},
	} {
		var b bytes.Buffer
		if markdown(&b, r.Results, t.kinds...); bytes.Count(b.Bytes(), []byte("\n")) > 2 {
			fmt.Fprintf(w, "\n**%s**\n\n%s", t.title, b.Bytes())
		}
	}
}

// crossings returns the table of the sweeps, "" if there are none.
func (r *report) crossings() string {
	if len(r.Sweeps) == 0 {
		return ""
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "\n%s\n\n| sweep | size | | overtakes | |\n|---|---|---|---|---|\n", r.measuredOn())
	for _, s := range r.Sweeps {
		for _, c := range s.Crossings {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %v |\n", s.Title, s.X, c.To, c.From, c)
		}
	}
	fmt.Fprintln(&b)
	return b.String()
}

// markdown writes everything that was measured.
func (r *report) markdown() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Measurements\n\n%s\n", r.measuredOn())
	if r.Interrupted {
		fmt.Fprintln(&b, "\nThe run was interrupted.")
	}
	if len(r.Results) > 0 {
		r.tables(&b)
	}
	for _, s := range r.Sweeps {
		fmt.Fprintf(&b, "\n**%s**, %s\n\n| size", s.Title, s.X)
		for _, l := range s.Series {
			fmt.Fprintf(&b, " | %s", l.Name)
		}
		fmt.Fprintf(&b, " |\n|---|%s\n", strings.Repeat("---|", len(s.Series)))
		for i, p := range s.longest() {
			fmt.Fprintf(&b, "| %s", number(p.X))
			for _, l := range s.Series {
				cell := "-"
				if i < len(l.Points) {
					cell = l.Points[i].Ratio.String()
				}
				fmt.Fprintf(&b, " | %s", cell)
			}
			fmt.Fprintln(&b, " |")
		}
	}
	if text := r.crossings(); text != "" {
		b.WriteString(text)
	}
	if len(r.Claims) > 0 {
		fmt.Fprintln(&b)
		markdownClaims(&b, r.Claims)
	}
	return b.Bytes()
}
