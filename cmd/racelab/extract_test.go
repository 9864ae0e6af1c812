package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v3"
)

// cmdExtract is "extract SCRIPT FILE JOB [EXPRESSION=VALUE...]": it makes a script of what an
// engine would run for a job of FILE, a workflow of GitHub's, a GitLab CI file or a manifest
// of Kubernetes. Expressions are GitHub's, without their braces.
func cmdExtract(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: extract SCRIPT FILE JOB [EXPRESSION=VALUE...]")
	}
	expressions := map[string]string{}
	for _, arg := range args[3:] {
		name, value, _ := strings.Cut(arg, "=")
		expressions[name] = value
	}
	text := ts.ReadFile(args[1])
	var script string
	var err error
	switch {
	case strings.Contains(args[1], ".github"):
		script, err = githubScript(text, args[2], expressions)
	case strings.Contains(args[1], ".gitlab-ci"):
		script, err = gitlabScript(text, args[2])
	default:
		script, err = kubernetesScript(text, args[2])
	}
	ts.Check(err)
	ts.Check(writeFile(ts.MkAbs(args[0]), []byte("#!/bin/bash\n"+script)))
}

// quoted is text as one word of a shell.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// exports sets variables, as they are.
func exports(variables map[string]string) string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		fmt.Fprintf(&out, "export %s=%s\n", name, quoted(variables[name]))
	}
	return out.String()
}

// githubScript runs each step as GitHub does: in a bash of its own, which stops at the first
// failure, with the PATH that the steps before have made.
func githubScript(text, job string, expressions map[string]string) (string, error) {
	var workflow struct {
		Env  map[string]string
		Jobs map[string]struct {
			Steps []struct {
				Run string
				Env map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(text), &workflow); err != nil {
		return "", err
	}
	var script strings.Builder
	script.WriteString("set -e\n" + exports(workflow.Env))
	for _, step := range workflow.Jobs[job].Steps {
		if step.Run == "" {
			continue // an action; it has its place in the test
		}
		for name, value := range step.Env {
			value, err := expand(value, expressions)
			if err != nil {
				return "", err
			}
			step.Env[name] = value
		}
		if strings.Contains(step.Run, "${{") {
			return "", fmt.Errorf("a command has an expression in it, which whoever chooses its value can make another command of:\n%s", step.Run)
		}
		fmt.Fprintf(&script, "(\n%sexec bash --noprofile --norc -eo pipefail -c %s\n)\n", exports(step.Env), quoted(step.Run))
		script.WriteString(`while read -r folder; do PATH="$folder:$PATH"; done <"$GITHUB_PATH"` + "\n")
	}
	return script.String(), nil
}

var expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)

// expand puts values in the place of expressions.
func expand(text string, values map[string]string) (string, error) {
	var err error
	text = expression.ReplaceAllStringFunc(text, func(e string) string {
		name := expression.FindStringSubmatch(e)[1]
		value, ok := values[name]
		if !ok {
			err = fmt.Errorf("the expression %q has no value", name)
		}
		return value
	})
	return text, err
}

// gitlabScript runs all lines in one shell, as GitLab's runner does.
func gitlabScript(text, job string) (string, error) {
	type gitlabJob struct {
		Extends      string
		BeforeScript []string `yaml:"before_script"`
		Script       []string
	}
	var jobs map[string]yaml.Node
	if err := yaml.Unmarshal([]byte(text), &jobs); err != nil {
		return "", err
	}
	var variables map[string]string
	node := jobs["variables"]
	if err := node.Decode(&variables); err != nil {
		return "", err
	}
	var one, base gitlabJob
	node = jobs[job]
	if err := node.Decode(&one); err != nil {
		return "", err
	}
	node = jobs[one.Extends]
	if err := node.Decode(&base); err != nil {
		return "", err
	}
	lines := slices.Concat(base.BeforeScript, one.BeforeScript, one.Script)
	return exports(variables) + "set -eo pipefail\n" + strings.Join(lines, "\n") + "\n", nil
}

// kubernetesScript runs the command of the one container that the job of that name has.
func kubernetesScript(text, job string) (string, error) {
	dec := yaml.NewDecoder(strings.NewReader(text))
	for {
		var manifest struct {
			Kind     string
			Metadata struct{ Name string }
			Spec     struct {
				Template struct {
					Spec struct {
						Containers []struct {
							Env           []struct{ Name, Value string }
							Command, Args []string
						}
					}
				}
			}
		}
		if err := dec.Decode(&manifest); err != nil {
			return "", fmt.Errorf("there is no job %s: %w", job, err)
		}
		if manifest.Kind != "Job" || manifest.Metadata.Name != job {
			continue
		}
		container := manifest.Spec.Template.Spec.Containers[0]
		variables := map[string]string{}
		for _, v := range container.Env {
			variables[v.Name] = v.Value
		}
		delete(variables, "FAILURES") // Kubernetes tells it
		script := exports(variables) + "exec"
		for _, word := range append(container.Command, container.Args...) {
			script += " " + quoted(word)
		}
		return script + "\n", nil
	}
}
