package game

import (
	"context"
	"errors"
	"slices"
)

// A Tree is the positions of a game that can be reached, the first one first.
type Tree struct {
	Known
	Nodes []Node
	// LeftOut is how many moves lead to no node. Bound is with how many preemptions at most
	// none is left out; -1 when some are even of those without.
	LeftOut, Bound int
}

// A Node is a position of a tree.
type Node struct {
	Position
	Parent int   // the position before; -1 for the first
	Next   []int // where each of the moves leads; -1 where that was left out
}

// Grow visits positions: first those of the schedule that fails, then those with the
// fewest preemptions, up to so many. every is Begin's.
func Grow(ctx context.Context, p Program, known Known, every bool, most int) (Tree, error) {
	g, err := Begin(ctx, p, known, every)
	if err != nil {
		return Tree{}, err
	}
	t := &tree{Game: g, Tree: Tree{Known: known}, most: most}
	t.add(g.Position(), -1)
	if err := t.alongPar(ctx); err != nil {
		return Tree{}, err
	}
	for len(t.waiting) > 0 {
		if err := t.visit(ctx, t.fewest()); err != nil {
			return Tree{}, err
		}
	}
	return t.Tree, nil
}

// At is the game as it stands at a node.
func (t Tree) At(node int) *Game {
	g := &Game{Known: t.Known}
	for ; node >= 0; node = t.Nodes[node].Parent {
		g.positions = append(g.positions, t.Nodes[node].Position)
	}
	slices.Reverse(g.positions)
	return g
}

// A tree is one that grows.
type tree struct {
	*Game
	Tree
	most    int
	waiting []int // nodes some of whose moves were not tried yet
}

// add adds a node, and returns its number.
func (t *tree) add(p Position, parent int) int {
	n := Node{Position: p, Parent: parent, Next: make([]int, len(p.Moves))}
	for i := range n.Next {
		n.Next[i] = -1
	}
	t.Nodes = append(t.Nodes, n)
	if len(p.Moves) > 0 {
		t.waiting = append(t.waiting, len(t.Nodes)-1)
	}
	return len(t.Nodes) - 1
}

// alongPar visits what the schedule that fails comes by.
func (t *tree) alongPar(ctx context.Context) error {
	for node := 0; node >= 0; {
		at := t.Nodes[node]
		if at.End != nil || len(at.path) >= len(t.Tree.Par) || len(t.Nodes) >= t.most {
			return nil
		}
		move := slices.IndexFunc(at.Moves, func(m Move) bool { return m.Choice == t.Tree.Par[len(at.path)] })
		if move < 0 {
			return nil
		}
		var err error
		if node, err = t.child(ctx, node, move); err != nil {
			return err
		}
	}
	return nil
}

// fewest takes the node with the fewest preemptions out of those that wait, the oldest of
// them.
func (t *tree) fewest() int {
	best := 0
	for i, node := range t.waiting {
		if t.Nodes[node].Preemptions < t.Nodes[t.waiting[best]].Preemptions {
			best = i
		}
	}
	node := t.waiting[best]
	t.waiting = slices.Delete(t.waiting, best, best+1)
	return node
}

// visit tries the moves of a node that were not tried yet.
func (t *tree) visit(ctx context.Context, node int) error {
	for move := range t.Nodes[node].Moves {
		if t.Nodes[node].Next[move] >= 0 {
			continue
		}
		if _, err := t.child(ctx, node, move); err != nil {
			return err
		}
	}
	return nil
}

// child is where a move leads; -1 if there are enough nodes, or it leads nowhere.
func (t *tree) child(ctx context.Context, node, move int) (int, error) {
	at := t.Nodes[node]
	m := at.Moves[move]
	if len(t.Nodes) >= t.most {
		t.leaveOut(at.Preemptions, m)
		return -1, nil
	}
	next, err := t.advance(ctx, append(slices.Clone(at.path), m.Choice), at.Position, "")
	switch {
	case errors.Is(err, ErrNoEnd):
		t.leaveOut(at.Preemptions, m)
		return -1, nil
	case err != nil:
		return -1, err
	}
	next.Made = at.Made + 1
	child := t.add(next, node)
	t.Nodes[node].Next[move] = child
	return child, nil
}

// leaveOut notes what a move that was not tried leaves open.
func (t *tree) leaveOut(preemptions int, m Move) {
	if m.Preempts {
		preemptions++
	}
	if t.LeftOut == 0 || preemptions-1 < t.Bound {
		t.Bound = preemptions - 1
	}
	t.LeftOut++
}
