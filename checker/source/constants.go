package source

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"time"
)

// Constants are what a package names in its source: what it decides by is often one of
// them. (Fraser and Arcuri, "The seed is strong", ICST 2012, seed tests with them.) They
// are sorted, and there are at most mostConstants of each sort.
type Constants struct {
	Numbers []int64         // whole ones: what is smaller than two says nothing
	Texts   [][]byte        // which need not be UTF-8
	Times   []time.Duration // a millisecond or more
}

const (
	mostConstants = 64
	// longestText is longer than any text that one would compare with.
	longestText = 128
)

// Constants collects them from the package, without its tests. What is folded counts, and
// what it is folded of: 1<<9 is 1, 9 and 512. So does what is so many times the number of
// CPUs, of which there are cpus.
func (c Checked) Constants(cpus int64) Constants {
	var out Constants
	for _, f := range c.Own.Syntax() {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.BinaryExpr:
				out.shift(c.Own.Info, n.Op, n.Y)
				out.timesCPUs(c.Own.Info, n, cpus)
			case *ast.AssignStmt:
				out.shift(c.Own.Info, n.Tok, n.Rhs[0])
			case *ast.Ident:
				out.width(c.Own.Info.Uses[n])
			}
			if e, ok := n.(ast.Expr); ok {
				out.value(c.Own.Info.Types[e], isChar(e))
			}
			return true
		})
	}
	return out.sorted()
}

// isChar reports whether e is such as '\n', which may be a byte by its type.
func isChar(e ast.Expr) bool {
	lit, ok := e.(*ast.BasicLit)
	return ok && lit.Kind == token.CHAR
}

func (c *Constants) value(v types.TypeAndValue, char bool) {
	if v.Value == nil {
		return
	}
	switch v.Value.Kind() {
	case constant.String:
		c.text(constant.StringVal(v.Value))
	case constant.Int:
		n, exact := constant.Int64Val(v.Value)
		switch {
		case !exact:
		case v.Type.String() == "time.Duration":
			c.duration(time.Duration(n))
		case char:
			c.text(string(rune(n)))
		default:
			c.number(n)
		}
	}
}

func (c *Constants) text(s string) {
	if s != "" && len(s) <= longestText {
		c.Texts = append(c.Texts, []byte(s))
	}
}

func (c *Constants) duration(d time.Duration) {
	if d >= time.Millisecond {
		c.Times = append(c.Times, d)
	}
}

func (c *Constants) number(n int64) {
	if n > 1 {
		c.Numbers = append(c.Numbers, n)
	}
}

// mostShifted is by how much one of is shifted without becoming negative.
const mostShifted = 62

// shift takes in where two numbers meet that are packed into one.
func (c *Constants) shift(info *types.Info, op token.Token, by ast.Expr) {
	switch op {
	case token.SHL, token.SHR, token.SHL_ASSIGN, token.SHR_ASSIGN:
	default:
		return
	}
	if v := info.Types[by].Value; v != nil {
		if n, exact := constant.Int64Val(constant.ToInt(v)); exact && n > 0 && n <= mostShifted {
			c.number(1 << n)
		}
	}
}

// timesCPUs takes in what would be a constant if the number of CPUs was one.
func (c *Constants) timesCPUs(info *types.Info, e *ast.BinaryExpr, cpus int64) {
	v := info.Types[e]
	if n, ok := fold(info, e, cpus); ok && v.Value == nil {
		v.Value = constant.MakeInt64(n)
		c.value(v, false)
	}
}

// fold is the value of an expression of constants and of the number of CPUs.
func fold(info *types.Info, e ast.Expr, cpus int64) (value int64, ok bool) {
	if v := info.Types[e].Value; v != nil {
		return constant.Int64Val(constant.ToInt(v))
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		x, known := fold(info, e.X, cpus)
		y, also := fold(info, e.Y, cpus)
		if !known || !also {
			return 0, false
		}
		switch e.Op {
		case token.ADD:
			return x + y, true
		case token.SUB:
			return x - y, true
		case token.MUL:
			return x * y, true
		case token.SHL:
			return x << (y & mostShifted), true
		}
	case *ast.CallExpr:
		if len(e.Args) == 1 && info.Types[e.Fun].IsType() {
			return fold(info, e.Args[0], cpus)
		}
		return cpus, isCPUs(info, e.Fun)
	}
	return 0, false
}

// isCPUs reports whether what is called tells the number of CPUs.
func isCPUs(info *types.Info, called ast.Expr) bool {
	sel, ok := called.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	f, ok := info.Uses[sel.Sel].(*types.Func)
	return ok && slices.Contains([]string{"runtime.NumCPU", "runtime.GOMAXPROCS"}, f.FullName())
}

// widths are how many values a type has, or half as many where it has a sign.
var widths = map[string]int64{
	"int8": 1 << 7, "uint8": 1 << 8, "int16": 1 << 15, "uint16": 1 << 16, "int32": 1 << 31, "uint32": 1 << 32, "float32": 1 << 24, "float64": 1 << 53,
	"Int32": 1 << 31, "Uint32": 1 << 32, // of sync/atomic
}

func (c *Constants) width(obj types.Object) {
	if name, ok := obj.(*types.TypeName); ok && (name.Pkg() == nil || name.Pkg().Path() == "sync/atomic") {
		c.number(widths[name.Name()])
	}
}

func (c Constants) sorted() Constants {
	return Constants{
		Numbers: some(c.Numbers, cmp.Compare), Times: some(c.Times, cmp.Compare),
		Texts: some(c.Texts, func(a, b []byte) int { return cmp.Or(len(a)-len(b), slices.Compare(a, b)) }),
	}
}

func some[T any](all []T, compare func(a, b T) int) []T {
	slices.SortFunc(all, compare)
	all = slices.CompactFunc(all, func(a, b T) bool { return compare(a, b) == 0 })
	return all[:min(mostConstants, len(all))]
}
