//go:build slurm

package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	texttemplate "text/template"
	"time"
)

// patience is how long anything of Slurm's may take. It is generous: what is waited for is
// a state, and a busy machine comes to it later.
const patience = 3 * time.Minute

// A cluster is Slurm on one machine, on the loopback device, with all that it has in one
// folder.
type cluster struct {
	t   *testing.T
	dir string
	env []string
}

// slurmConf is a cluster of one node, which pretends to have room for four tasks at a time.
// Its daemons run as we do, and use no cgroups.
var slurmConf = texttemplate.Must(texttemplate.New("").Parse(`ClusterName=racelab
SlurmctldHost={{.Host}}(127.0.0.1)
SlurmctldPort={{.Port}}
SlurmdPort={{.NodePort}}
SlurmUser={{.User}}
SlurmdUser={{.User}}
AuthType=auth/munge
AuthInfo=socket={{.Dir}}/munge.socket
CredType=cred/munge
StateSaveLocation={{.Dir}}/state
SlurmdSpoolDir={{.Dir}}/spool
SlurmctldPidFile={{.Dir}}/slurmctld.pid
SlurmdPidFile={{.Dir}}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/none
JobRequeue=1
ReturnToService=2
MessageTimeout=60
SlurmdParameters=config_overrides
NodeName={{.Host}} NodeAddr=127.0.0.1 CPUs=16 RealMemory=65536 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`))

// startSlurm starts munge, the controller and one node, and has all of them ended when the
// test is.
func startSlurm(t *testing.T) *cluster {
	t.Helper()
	for _, name := range []string{"munged", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue", "scancel"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("there is no %s here (Debian: apt-get install slurm-wlm munge): Slurm is not tested", name)
		}
	}
	// Not t.TempDir: the name of a socket may not be long.
	dir, err := os.MkdirTemp("", "slurm")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	host, err := os.Hostname()
	me, err2 := user.Current()
	if err := errors.Join(err, err2, os.Chmod(dir, 0o755)); err != nil {
		t.Fatal(err)
	}
	host, _, _ = strings.Cut(host, ".")
	var conf bytes.Buffer
	err = slurmConf.Execute(&conf, map[string]any{"Host": host, "User": me.Username, "Dir": dir, "Port": freePort(t), "NodePort": freePort(t)})
	if err != nil {
		t.Fatal(err)
	}
	key := bytes.Repeat([]byte("a key of a test, for nothing. "), 40)
	err = errors.Join(os.WriteFile(filepath.Join(dir, "slurm.conf"), conf.Bytes(), 0o644), os.WriteFile(filepath.Join(dir, "munge.key"), key, 0o600),
		os.Mkdir(filepath.Join(dir, "state"), 0o755), os.Mkdir(filepath.Join(dir, "spool"), 0o755))
	if err != nil {
		t.Fatal(err)
	}
	c := &cluster{t, dir, append(os.Environ(), "SLURM_CONF="+filepath.Join(dir, "slurm.conf"))}
	in := func(name string) string { return filepath.Join(dir, name) }
	c.daemon("munged", "--foreground", "--force", "--key-file="+in("munge.key"), "--socket="+in("munge.socket"),
		"--pid-file="+in("munged.pid"), "--log-file="+in("munged.log"), "--seed-file="+in("munged.seed"))
	c.await("munge listens", func() bool { _, err := os.Stat(in("munge.socket")); return err == nil })
	c.daemon("slurmctld", "-D", "-i", "-c")
	c.daemon("slurmd", "-D", "-N", host)
	// Jobs go first: who ends a daemon before leaves their processes behind.
	t.Cleanup(func() {
		c.try("scancel", "--user="+me.Username)
		c.await("no job is left", func() bool { out, err := c.try("squeue", "-h"); return err == nil && out == "" })
	})
	c.await("the node is idle", func() bool { out, err := c.try("sinfo", "-h", "-o", "%T"); return err == nil && out == "idle\n" })
	return c
}

// freePort is one that nobody uses now.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// daemon starts a program that goes on until the test ends. What it says is told if that fails.
func (c *cluster) daemon(name string, args ...string) {
	c.t.Helper()
	said, err := os.Create(filepath.Join(c.dir, name+".said"))
	if err != nil {
		c.t.Fatal(err)
	}
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = c.env, said, said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	c.t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(patience):
			c.t.Errorf("%s does not end", name)
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			<-ended
		}
		if c.t.Failed() {
			text, _ := os.ReadFile(said.Name())
			c.t.Logf("%s says\n%s", name, text)
		}
		_ = said.Close()
	})
}

// await waits until something is so.
func (c *cluster) await(what string, is func() bool) {
	c.t.Helper()
	for deadline := time.Now().Add(patience); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			out, _ := c.try("scontrol", "show", "job")
			c.t.Fatalf("after %v it is not so that %s\n%s", patience, what, out)
		}
	}
}

// try runs a command of Slurm's.
func (c *cluster) try(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = c.env
	out, err := cmd.Output()
	return string(out), err
}

// TestSlurm has Slurm grade a class, with what classroom init writes. One part cannot be
// graded the first time, and is requeued. The outcome is that of one run.
func TestSlurm(t *testing.T) {
	c := startSlurm(t)
	work := t.TempDir()
	fixtures, err := filepath.Abs("testdata/fixtures")
	if err != nil {
		t.Fatal(err)
	}
	c.env = append(c.env, fixturesEnv+"="+fixtures, "WORK="+work)
	run := func(name string, args ...string) string {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir, cmd.Env, cmd.Stderr = work, c.env, os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
		return string(out)
	}
	submissions := map[string]string{
		"ada/bank.go": "// solved", "ada/stock.go": "// solved", "ben/bank.go": "// verdict: once", "cid/stock.go": "",
		"dan/pipe.go": "// solved", "eve/bank.go": "", "eve/pipe.go": "",
	}
	for name, remark := range submissions {
		name = filepath.Join(work, "submissions", name)
		err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte("package any "+remark+"\n"), 0o644))
		if err != nil {
			t.Fatal(err)
		}
	}
	run("racelab", "classroom", "init", "slurm")
	t.Log(run("slurm/submit.sh"))

	requeued := map[string]bool{}
	c.await("all jobs have ended", func() bool {
		out, err := c.try("squeue", "-h", "-o", "%A %T %r")
		if err != nil {
			return false
		}
		for line := range strings.Lines(out) {
			var id, state, reason string
			fmt.Sscan(line, &id, &state, &reason)
			if state == "PENDING" && reason == "BeginTime" { // Slurm waits for two minutes; we need not
				requeued[id] = true
				_, _ = c.try("scontrol", "update", "JobId="+id, "StartTime=now")
			}
		}
		return out == ""
	})
	if len(requeued) != 1 {
		t.Errorf("%d parts were requeued, want 1", len(requeued))
	}
	logs, err := filepath.Glob(filepath.Join(work, "racelab-*.log"))
	if err != nil || len(logs) != 5 {
		t.Errorf("the logs are %q, %v, want one for each part and one of the merge", logs, err)
	}
	merged := run("racelab", "report", "--store", "grades.db", "--format", "jsonl")
	whole := run("racelab", "grade", "submissions", "--store", "whole.db", "--format", "jsonl")
	if merged != whole {
		t.Errorf("Slurm's records are\n%s\nand those of one run\n%s", merged, whole)
	}
	if t.Failed() {
		for _, name := range logs {
			text, _ := os.ReadFile(name)
			t.Logf("%s:\n%s", filepath.Base(name), text)
		}
	}
}
