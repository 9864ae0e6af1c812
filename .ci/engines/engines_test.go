// Package engines has racelab's ready-made files read by what will read them.
package engines

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	"sigs.k8s.io/yaml"
)

// top is where the files are, below which each kind has a folder.
const top = "../../checker/classroom/engine/files"

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(top, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Workflows are what actionlint takes for right: keys, expressions, inputs of well-known
// actions, cron lines, and, where there is shellcheck, the scripts.
func TestGitHub(t *testing.T) {
	shellcheck, err := exec.LookPath("shellcheck")
	if err != nil {
		t.Log("there is no shellcheck here: the scripts in workflows are not looked at")
	}
	files, err := filepath.Glob(filepath.Join(top, "github*/.github/workflows/*.yml"))
	more, err2 := filepath.Glob(filepath.Join(top, "github*/student/.github/workflows/*.yml"))
	if files = append(files, more...); err != nil || err2 != nil || len(files) != 3 {
		t.Fatalf("the workflows are %q, %v, %v", files, err, err2)
	}
	for _, name := range files {
		var out bytes.Buffer
		linter, err := actionlint.NewLinter(&out, &actionlint.LinterOptions{Shellcheck: shellcheck})
		if err != nil {
			t.Fatal(err)
		}
		problems, err := linter.LintFile(name, nil)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v\n%s", name, err, &out)
		}
	}
}

// What GitLab would make of its file is what gitlab-ci-local says, which has GitLab's schema.
func TestGitLab(t *testing.T) {
	tool, err := exec.LookPath("gitlab-ci-local")
	if err != nil {
		t.Skip("there is no gitlab-ci-local here (npm install --global gitlab-ci-local): nobody looks at the GitLab CI file")
	}
	if out, err := exec.Command(tool, "--version").CombinedOutput(); err != nil {
		t.Skipf("the gitlab-ci-local here does not run, perhaps for an old Node: %v\n%.300s", err, out)
	}
	dir := t.TempDir()
	text := read(t, "gitlab/.gitlab-ci.yml")
	list := func(text []byte) ([]byte, error) {
		if err := os.WriteFile(filepath.Join(dir, ".gitlab-ci.yml"), text, 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(tool, "--list-json")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "HOME="+dir)
		return cmd.Output()
	}
	for _, args := range [][]string{{"init", "-q"}, {"remote", "add", "origin", "git@gitlab.example:a/b.git"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args[0], err, out)
		}
	}
	out, err := list(text)
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, stderr(err))
	}
	var jobs []struct{ Name, Stage, When string }
	if err := json.Unmarshal(out, &jobs); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if len(jobs) != 5 || jobs[4].Name != "merge" || jobs[4].When != "always" {
		t.Errorf("the jobs are %+v, want four that grade, and merge", jobs)
	}
	if out, err := list(bytes.ReplaceAll(text, []byte("exit_codes:"), []byte("exit_kodes:"))); err == nil {
		t.Errorf("a mistake is not seen:\n%s", out)
	}
}

func stderr(err error) string {
	if exit, ok := err.(*exec.ExitError); ok {
		return string(exit.Stderr)
	}
	return ""
}

// documents are those of a file, each read strictly into one of the types of its kind.
func documents(t *testing.T, name string) (jobs []batch.Job, policies []networking.NetworkPolicy) {
	t.Helper()
	for _, text := range bytes.Split(read(t, name), []byte("\n---\n")) {
		var kind struct{ Kind, APIVersion string }
		if err := yaml.Unmarshal(text, &kind); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var err error
		switch kind.APIVersion + " " + kind.Kind {
		case "batch/v1 Job":
			var j batch.Job
			err = yaml.UnmarshalStrict(text, &j)
			jobs = append(jobs, j)
		case "networking.k8s.io/v1 NetworkPolicy":
			var p networking.NetworkPolicy
			err = yaml.UnmarshalStrict(text, &p)
			policies = append(policies, p)
		default:
			t.Fatalf("%s has a %s %s", name, kind.APIVersion, kind.Kind)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	return jobs, policies
}

// The job has as many shards as indexes, and each exit status leads to what it means.
func TestKubernetesGrade(t *testing.T) {
	jobs, policies := documents(t, "kubernetes/kubernetes/grade.yaml")
	if len(jobs) != 1 || len(policies) != 1 {
		t.Fatalf("%d jobs, %d network policies", len(jobs), len(policies))
	}
	spec := jobs[0].Spec
	pod := spec.Template.Spec
	shards := ""
	for _, v := range pod.Containers[0].Env {
		if v.Name == "RACELAB_SHARDS" {
			shards = v.Value
		}
	}
	if *spec.CompletionMode != batch.IndexedCompletion || shards != strconv.Itoa(int(*spec.Completions)) {
		t.Errorf("%s, %d completions, and RACELAB_SHARDS is %q", *spec.CompletionMode, *spec.Completions, shards)
	}
	if *spec.BackoffLimitPerIndex < 1 || *spec.MaxFailedIndexes > *spec.Completions || pod.RestartPolicy != core.RestartPolicyNever {
		t.Errorf("backoffLimitPerIndex %d, maxFailedIndexes %d, restartPolicy %s", *spec.BackoffLimitPerIndex, *spec.MaxFailedIndexes, pod.RestartPolicy)
	}
	actions := map[int32]batch.PodFailurePolicyAction{}
	for _, rule := range spec.PodFailurePolicy.Rules {
		if rule.OnExitCodes == nil {
			continue
		}
		if *rule.OnExitCodes.ContainerName != pod.Containers[0].Name {
			t.Errorf("a rule is about a container %s, which there is not", *rule.OnExitCodes.ContainerName)
		}
		for _, code := range rule.OnExitCodes.Values {
			actions[code] = rule.Action
		}
	}
	want := map[int32]batch.PodFailurePolicyAction{2: "FailIndex", 3: "Count", 137: "Count"}
	for code, action := range want {
		if actions[code] != action {
			t.Errorf("exit status %d leads to %q, want %q", code, actions[code], action)
		}
	}
	for name, value := range policies[0].Spec.PodSelector.MatchLabels {
		if spec.Template.Labels[name] != value {
			t.Errorf("the network policy is for pods with %s=%s, which these are not", name, value)
		}
	}
}

// The pods that merge use the same image, claim and limits as those that grade.
func TestKubernetesMerge(t *testing.T) {
	merge, _ := documents(t, "kubernetes/kubernetes/merge.yaml")
	grade, _ := documents(t, "kubernetes/kubernetes/grade.yaml")
	one, other := merge[0].Spec.Template.Spec, grade[0].Spec.Template.Spec
	if one.Containers[0].Image != other.Containers[0].Image || one.Volumes[0].PersistentVolumeClaim.ClaimName != other.Volumes[0].PersistentVolumeClaim.ClaimName {
		t.Error("the two jobs have different images or volumes")
	}
	for _, spec := range []core.PodSpec{one, other} {
		c := spec.Containers[0].SecurityContext
		if *spec.AutomountServiceAccountToken || !*spec.SecurityContext.RunAsNonRoot || *c.AllowPrivilegeEscalation || len(c.Capabilities.Drop) != 1 {
			t.Error("a pod may do more than it needs")
		}
	}
}

// A manifest with a mistake in it is seen.
func TestKubernetesIsStrict(t *testing.T) {
	text := strings.Replace(string(read(t, "kubernetes/kubernetes/grade.yaml")), "maxFailedIndexes:", "maxFailedIndices:", 1)
	var j batch.Job
	if err := yaml.UnmarshalStrict([]byte(strings.Split(text, "\n---\n")[0]), &j); err == nil {
		t.Error("an unknown field is taken")
	}
}
