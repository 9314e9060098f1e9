package main

// Templates of package mixed: copies of the rules for dual numbers, the methods
// of its variables, and what it needs to know about each operation.

const mixedRules = `package mixed

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/special"
)

{{.Consts}}

{{.Mixed}}
`

const mixedMethods = `package mixed

import (
	"math"

	"github.com/dualjet/dualjet/internal/rule"
)
{{range .Unary}}
{{.Comment true}}
func (x Var) {{.Name}}({{.Par}}) Var {
	{{- if .Order}}
	checkOrder("{{.Name}}", {{.Param}}){{end}}
	{{- if .Param}}
	return x.unaryWith(op{{.Name}}, float64({{.Param}}), rule.{{.Name}}Value({{.Pre}}x.v))
	{{- else}}
	return x.unary(op{{.Name}}, rule.{{.Name}}Value(x.v))
	{{- end}}
}
{{end}}
{{range .Binary}}
{{.Comment true}}
func ({{.Recv}} Var) {{.Name}}({{.Arg}} Var) Var {
	return {{.Recv}}.binary({{.Arg}}, op{{.Name}}, {{.Value}}({{.Recv}}.v, {{.Arg}}.v))
}
{{end}}
{{range .Steps}}
// {{.Name}} returns {{.Doc}}.
func (x Var) {{.Name}}() Var { return x.unary(op{{.Name}}, math.{{.Name}}(x.v)) }
{{end}}
`

const mixedOps = `package mixed

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/rule"
)

// The operations that have a rule, after those of op.go.
const (
	{{- range $i, $p := .Unary}}
	op{{.Name}}{{if eq $i 0}} opcode = iota + opRules{{end}}
	{{- end}}
	opUnaryEnd
	{{- range .Steps}}
	op{{.Name}}
	{{- end}}
	opStepEnd
	{{- range .Binary}}
	op{{.Name}}
	{{- end}}
	opBinaryEnd
)

// ruleNames are the names of the operations above, from opRules on.
var ruleNames = [...]string{
	{{- range .Unary}}
	op{{.Name}} - opRules: "{{.Name}}",
	{{- end}}
	{{- range .Steps}}
	op{{.Name}} - opRules: "{{.Name}}",
	{{- end}}
	{{- range .Binary}}
	op{{.Name}} - opRules: "{{.Name}}",
	{{- end}}
}

// unaryValue returns the value of an operation of one argument with the
// parameter p.
func unaryValue(code opcode, p, x float64) float64 {
	switch code {
	{{- range .Unary}}
	case op{{.Name}}:
		return rule.{{.Name}}Value({{if .Param}}{{.PType}}(p), {{end}}x)
	{{- end}}
	{{- range .Steps}}
	case op{{.Name}}:
		return math.{{.Name}}(x)
	{{- end}}
	}
	panic(badCode)
}

// unaryPartials returns the first and the second derivative at x of an
// operation of one argument that has the value y there.
func unaryPartials(code opcode, p, x, y float64) (j, h float64) {
	if y != y {
		return y, y // the formulas do not look at the domain
	}
	v := dual.Number64{V: x, D: 1}
	var d dual.Number64
	switch code {
	{{- range .Unary}}
	case op{{.Name}}:
		{{- $pre := ""}}{{if .Param}}{{$pre = printf "%s(p), " .PType}}{{end}}
		{{- if .UsesY}}
		d = {{.Lower}}Number64({{$pre}}v, dual.Number64{V: y, D: rule.{{.Name}}Float({{$pre}}x, y)})
		{{- else}}
		d = {{.Lower}}Number64({{$pre}}v, dual.Number64{})
		{{- end}}
	{{- end}}
	}
	return d.V, d.D // 0 for steps
}

// unaryEval returns an operation of one argument in the arithmetic of T.
func unaryEval[T dual.Real[T]](code opcode, p float64, x T) T {
	switch code {
	{{- range .Unary}}
	case op{{.Name}}:
		return x.{{.Name}}({{if .Param}}{{.PType}}(p){{end}})
	{{- end}}
	{{- range .Steps}}
	case op{{.Name}}:
		return x.{{.Name}}()
	{{- end}}
	}
	panic(badCode)
}

// unaryRule returns the derivative at x of an operation of one argument that
// has the value y there.
func unaryRule[T dual.Real[T]](code opcode, p float64, x, y T) T {
	switch code {
	{{- range .Unary}}
	case op{{.Name}}:
		return rule.{{.Name}}({{if .Param}}{{.PType}}(p), {{end}}x, y)
	{{- end}}
	}
	return x.Const(0) // steps
}

// binaryValue returns the value of an operation of two arguments.
func binaryValue(code opcode, x, y float64) float64 {
	switch code {
	{{- range .Binary}}
	case op{{.Name}}:
		return {{.Value}}(x, y)
	{{- end}}
	}
	panic(badCode)
}

// binaryPartials returns the derivatives of an operation of two arguments,
// for each argument as a dual number whose tangent is that of the
// arguments.
func binaryPartials(code opcode, x, y dual.Number64, active [2]bool) (dx, dy dual.Number64) {
	switch code {
	{{- range .Binary}}
	case op{{.Name}}:
		z := x.{{.Name}}(y)
		if active[0] {
			dx = {{.Lower}}XNumber64(x, y, z)
		}
		if active[1] {
			dy = {{.Lower}}YNumber64(x, y, z)
		}
		return dx, dy
	{{- end}}
	}
	panic(badCode)
}

// binaryEval returns an operation of two arguments in the arithmetic of T.
func binaryEval[T dual.Real[T]](code opcode, x, y T) T {
	switch code {
	{{- range .Binary}}
	case op{{.Name}}:
		return x.{{.Name}}(y)
	{{- end}}
	}
	panic(badCode)
}

// binaryRule returns the derivatives of an operation of two arguments that has
// the value z, for those which are active.
func binaryRule[T dual.Real[T]](code opcode, x, y, z T, active [2]bool) (dx, dy T) {
	dx, dy = z.Const(0), z.Const(0)
	switch code {
	{{- range .Binary}}
	case op{{.Name}}:
		if active[0] {
			dx = rule.{{.Name}}X(x, y, z)
		}
		if active[1] {
			dy = rule.{{.Name}}Y(x, y, z)
		}
	{{- end}}
	}
	return dx, dy
}
`
