package main

import (
	"slices"
	"strings"
)

// steps lists the piecewise constant functions of package math that become
// methods, with their documentation.
var steps = []struct{ Name, Doc string }{
	{"Floor", "the greatest integer ≤ x, a constant"},
	{"Ceil", "the least integer ≥ x, a constant"},
	{"Round", "the nearest integer, halves away from zero, a constant"},
	{"Trunc", "the integer part of x, a constant"},
}

// integrated lists the functions whose Taylor series is the integral of their
// rule. The others have a recurrence of their own in package jet.
var integrated = []string{
	"Expm1", "Atan", "Asinh", "Atanh", "Erf", "Erfc", "NormCDF", "LogNormCDF", "Lgamma", "Softplus",
}

// Integrated reports whether the series of p is the integral of its rule.
func (p primitive) Integrated() bool { return slices.Contains(integrated, p.Name) }

// native lists the functions of which package jet has a closed form for its types
// of fixed order. The others follow from their rule.
var native = []string{"Sqrt", "PowReal", "PowInt", "Exp", "Log", "Sin", "Cos", "Sinh", "Cosh"}

// Native reports whether p has such a form.
func (p primitive) Native() bool { return slices.Contains(native, p.Name) }

// templates maps the files to generate, below the module root, to the
// templates that make them.
var templates = map[string]string{
	"internal/rule/zfloat.go":       floatRules,
	"dual/zrule.go":                 numberRules,
	"dual/zfloat.go":                floatMethods,
	"dual/znumber.go":               numberMethods("Number[F]", "float64(x.V)", "float64(y.V)"),
	"dual/znumber3.go":              numberMethods("Number3", "x.V", "y.V"),
	"dual/zhyper.go":                hyperMethods,
	"dual/znested.go":               nestedMethods,
	"internal/adtest/zprimitive.go": primitives,
	"jet/znestedrule.go":            seriesMethods("Nested[T]", "x.head().%s()"),
	"jet/zjetrule.go":               seriesMethods("Jet[F]", "F(rule.%sValue(float64(x.head())))"),
	"jet/zsmallrule.go":             smallRules,
	"jet/zjet2.go":                  smallMethods("Jet2", smallRule2),
	"jet/zjet3.go":                  smallMethods("Jet3", smallRule3),
	"mixed/zop.go":                  mixedOps,
	"mixed/zrule.go":                mixedRules,
	"mixed/zvar.go":                 mixedMethods,
	"reverse/zvar.go":               varMethods,
}

const floatRules = `package rule

import (
	"math"

	"github.com/dualjet/dualjet/internal/special"
)

// Unary lists the primitives of one argument that have no parameter.
var Unary = []Primitive{
{{- range .Unary}}{{if not .Param}}
	{"{{.Name}}", {{.Value}}, {{.Name}}Float, {{if eq .Lo "-Inf"}}math.Inf(-1){{else}}{{.Lo}}{{end}}, {{if eq .Hi "Inf"}}math.Inf(1){{else}}{{.Hi}}{{end}}},
{{- end}}{{end}}
}
{{range .Unary}}
// {{.Name}}Float returns the derivative of {{.Name}} at x, where its value is y.
func {{.Name}}Float({{if .Param}}{{.Par}}, {{end}}x, y float64) float64 {
	return float64({{.Lower}}Real({{.Pre}}real(x), real(y)))
}
{{end}}
{{range .Binary}}
// {{.Name}}XFloat returns the partial derivative of {{.Name}} for the receiver.
func {{.Name}}XFloat(x, y, z float64) float64 {
	return float64({{.Lower}}XReal(real(x), real(y), real(z)))
}

// {{.Name}}YFloat returns the partial derivative of {{.Name}} for the argument.
func {{.Name}}YFloat(x, y, z float64) float64 {
	return float64({{.Lower}}YReal(real(x), real(y), real(z)))
}
{{end}}

// Values, of which some take their parameter first.
{{range .Unary}}
// {{.Name}}Value returns {{.Doc}}.
func {{.Name}}Value({{if .Param}}{{.Par}}, {{end}}x float64) float64 { return {{.Value}}({{.Pre}}x) }
{{end}}
{{.Float}}
`

const numberRules = `package dual

import (
	"math"

	"github.com/dualjet/dualjet/internal/special"
)

{{.Consts}}

{{.Number}}
`

const floatMethods = `package dual

import (
	"math"

	"github.com/dualjet/dualjet/internal/rule"
)
{{range .Unary}}
{{.Comment false}}
func (x Float) {{.Name}}({{.Par}}) Float {
	{{- if .Order}}
	checkOrder("{{.Name}}", {{.Param}}){{end}}
	return Float(rule.{{.Name}}Value({{.Pre}}float64(x)))
}
{{end}}
{{range .Binary}}
{{.Comment false}}
func ({{.Recv}} Float) {{.Name}}({{.Arg}} Float) Float { return Float({{.Value}}(float64({{.Recv}}), float64({{.Arg}}))) }
{{end}}
`

// numberMethods returns the template for a type with first derivatives; v and
// w are the float64 values of its operands x and y.
func numberMethods(typ, v, w string) string {
	return `package dual

import (
	"math"

	"github.com/dualjet/dualjet/internal/rule"
)
{{range .Unary}}
{{.Comment true}}
func (x ` + typ + `) {{.Name}}({{.Par}}) ` + typ + ` {
	{{- if .Order}}
	checkOrder("{{.Name}}", {{.Param}}){{end}}
	v := ` + v + `
	y := rule.{{.Name}}Value({{.Pre}}v)
	return x.chain(y, rule.{{.Name}}Float({{.Pre}}v, y))
}
{{end}}
{{range .Binary}}
{{.Comment true}}
func ({{.Recv}} ` + typ + `) {{.Name}}({{.Arg}} ` + typ + `) ` + typ + ` {
	v, w := float64({{.Recv}}.V), float64({{.Arg}}.V)
	z := {{.Value}}(v, w)
	var dv, dw float64
	if {{.Recv}}.active() {
		dv = rule.{{.Name}}XFloat(v, w, z)
	}
	if {{.Arg}}.active() {
		dw = rule.{{.Name}}YFloat(v, w, z)
	}
	return {{.Recv}}.chain2({{.Arg}}, z, dv, dw)
}
{{end}}
{{range .Steps}}
// {{.Name}} returns {{.Doc}}.
func (x ` + typ + `) {{.Name}}() ` + typ + ` { return x.chain(math.{{.Name}}(` + v + `), 0) }
{{end}}
`
}

const hyperMethods = `package dual

import (
	"math"

	"github.com/dualjet/dualjet/internal/rule"
)
{{range .Unary}}
{{.Comment true}}
func (x Hyper) {{.Name}}({{.Par}}) Hyper {
	{{- if .Order}}
	checkOrder("{{.Name}}", {{.Param}}){{end}}
	y := rule.{{.Name}}Value({{.Pre}}x.V)
	if !x.active() {
		return Hyper{V: y}
	}
	{{- if .UsesY}}
	d := {{.Lower}}Number64({{.Pre}}Number64{x.V, 1}, Number64{y, rule.{{.Name}}Float({{.Pre}}x.V, y)})
	{{- else}}
	d := {{.Lower}}Number64({{.Pre}}Number64{x.V, 1}, Number64{})
	{{- end}}
	return x.chain(y, d.V, d.D)
}
{{end}}
{{range .Binary}}
{{.Comment true}}
func ({{.Recv}} Hyper) {{.Name}}({{.Arg}} Hyper) Hyper {
	v, w := {{.Recv}}.second(), {{.Arg}}.second()
	z := v.{{.Name}}(w)
	var dv, dw Number64
	if {{.Recv}}.active() {
		dv = {{.Lower}}XNumber64(v, w, z)
	}
	if {{.Arg}}.active() {
		dw = {{.Lower}}YNumber64(v, w, z)
	}
	return {{.Recv}}.chain2({{.Arg}}, z.V, dv, dw)
}
{{end}}
{{range .Steps}}
// {{.Name}} returns {{.Doc}}.
func (x Hyper) {{.Name}}() Hyper { return x.chain(math.{{.Name}}(x.V), 0, 0) }
{{end}}
`

const nestedMethods = `package dual

import "github.com/dualjet/dualjet/internal/rule"
{{range .Unary}}
{{.Comment true}}
func (x Nested[T]) {{.Name}}({{.Par}}) Nested[T] {
	y := x.V.{{.Name}}({{.Param}})
	if !x.active() {
		return Lift(y)
	}
	return x.chain(y, rule.{{.Name}}({{.Pre}}x.V, y))
}
{{end}}
{{range .Binary}}
{{.Comment true}}
func ({{.Recv}} Nested[T]) {{.Name}}({{.Arg}} Nested[T]) Nested[T] {
	z := {{.Recv}}.V.{{.Name}}({{.Arg}}.V)
	d{{.Recv}} := z.Const(0)
	d{{.Arg}} := d{{.Recv}}
	if {{.Recv}}.active() {
		d{{.Recv}} = rule.{{.Name}}X({{.Recv}}.V, {{.Arg}}.V, z)
	}
	if {{.Arg}}.active() {
		d{{.Arg}} = rule.{{.Name}}Y({{.Recv}}.V, {{.Arg}}.V, z)
	}
	return {{.Recv}}.chain2({{.Arg}}, z, d{{.Recv}}, d{{.Arg}})
}
{{end}}
{{range .Steps}}
// {{.Name}} returns {{.Doc}}.
func (x Nested[T]) {{.Name}}() Nested[T] { return x.flat(x.V.{{.Name}}()) }
{{end}}
`

const varMethods = `package reverse

import (
	"math"

	"github.com/dualjet/dualjet/internal/rule"
)
{{range .Unary}}
{{.Comment true}}
func (x Var) {{.Name}}({{.Par}}) Var {
	{{- if .Order}}
	checkOrder("{{.Name}}", {{.Param}}){{end}}
	y := rule.{{.Name}}Value({{.Pre}}x.v)
	if x.t == nil {
		return Var{v: y}
	}
	return x.chain(y, rule.{{.Name}}Float({{.Pre}}x.v, y))
}
{{end}}
{{range .Binary}}
{{.Comment true}}
func ({{.Recv}} Var) {{.Name}}({{.Arg}} Var) Var {
	v, w := {{.Recv}}.v, {{.Arg}}.v
	z := {{.Value}}(v, w)
	var dv, dw float64
	if {{.Recv}}.t != nil {
		dv = rule.{{.Name}}XFloat(v, w, z)
	}
	if {{.Arg}}.t != nil {
		dw = rule.{{.Name}}YFloat(v, w, z)
	}
	return {{.Recv}}.chain2({{.Arg}}, z, dv, dw)
}
{{end}}
{{range .Steps}}
// {{.Name}} returns {{.Doc}}.
func (x Var) {{.Name}}() Var { return x.step(math.{{.Name}}(x.v)) }
{{end}}
`

// seriesMethods returns the template for a type of Taylor series; value is the
// format of the value of a method.
func seriesMethods(typ, value string) string {
	return `package jet

import "github.com/dualjet/dualjet/internal/rule"
{{range .Unary}}{{if .Integrated}}
{{.Comment true}}
func (x ` + typ + `) {{.Name}}() ` + typ + ` {
	return x.rule(` + strings.Replace(value, "%s", "{{.Name}}", 1) + `, rule.{{.Name}}[` + typ + `])
}
{{end}}{{end}}
`
}

const smallRules = `package jet

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/special"
)

{{.Consts}}

{{.Small1}}

{{.Small2}}
`

// smallMethods returns the template for a type of fixed order; deriv is the part
// that computes the derivatives d of a function from its rule.
func smallMethods(typ, deriv string) string {
	return `package jet

import (
	"math"

	"github.com/dualjet/dualjet/dual"
	"github.com/dualjet/dualjet/internal/rule"
)
{{range .Unary}}{{if not .Native}}
{{.Comment true}}
func (x ` + typ + `) {{.Name}}({{.Par}}) ` + typ + ` {
	{{- if .Order}}
	checkOrder("{{.Name}}", {{.Param}}){{end}}
	y := rule.{{.Name}}Value({{.Pre}}x.C0)
	if x.flat() {
		return ` + typ + `{C0: y}
	}
	` + deriv + `
	{{- if .Param}}
	return x.chain(y, d, func(x Jet64) Jet64 { return x.{{.Name}}({{.Param}}) })
	{{- else}}
	return x.chain(y, d, Jet64.{{.Name}})
	{{- end}}
}
{{end}}{{end}}
{{range .Steps}}
// {{.Name}} returns {{.Doc}}.
func (x ` + typ + `) {{.Name}}() ` + typ + ` { return x.step(math.{{.Name}}(x.C0)) }
{{end}}
`
}

const smallRule2 = `
	{{- if .UsesY}}
	d := {{.Lower}}Number64({{.Pre}}dual.Number64{V: x.C0, D: x.C1}, dual.Number64{V: y, D: rule.{{.Name}}Float({{.Pre}}x.C0, y) * x.C1})
	{{- else}}
	d := {{.Lower}}Number64({{.Pre}}dual.Number64{V: x.C0, D: x.C1}, dual.Number64{})
	{{- end}}`

const smallRule3 = `
	{{- if .UsesY}}
	e := {{.Lower}}Number64({{.Pre}}dual.Number64{V: x.C0, D: x.C1}, dual.Number64{V: y, D: rule.{{.Name}}Float({{.Pre}}x.C0, y) * x.C1})
	d := {{.Lower}}Jet2({{.Pre}}Jet2{x.C0, x.C1, x.C2}, Jet2{y, e.V * x.C1, e.V*x.C2 + 0.5*e.D*x.C1})
	{{- else}}
	d := {{.Lower}}Jet2({{.Pre}}Jet2{x.C0, x.C1, x.C2}, Jet2{})
	{{- end}}`

const primitives = `package adtest

import "github.com/dualjet/dualjet/dual"

// unary returns the methods of one argument and no parameter, by name.
func unary[T dual.Real[T]]() map[string]func(T) T {
	return map[string]func(T) T{
{{- range .Unary}}{{if not .Param}}
		"{{.Name}}": T.{{.Name}},
{{- end}}{{end}}
	}
}
`
