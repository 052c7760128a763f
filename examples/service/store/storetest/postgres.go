// Package storetest starts a PostgreSQL server for tests.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Require is the environment variable that makes what a test needs and does not find a failure.
const Require = "SERVICE_REQUIRE"

// Missing skips a test that lacks something, or fails it where [Require] is set.
func Missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv(Require) != "" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// cluster is a server of its own in a new folder, started once for all tests of a package.
var cluster struct {
	sync.Mutex
	address string // without the name of a database
	folder  string
	server  *exec.Cmd
	count   int
	err     error
}

// Run runs the tests of a package and stops the server afterwards. It is what TestMain calls.
func Run(m *testing.M) int {
	defer stop()
	return m.Run()
}

// Postgres returns the address of a new database.
func Postgres(t testing.TB) string {
	t.Helper()
	cluster.Lock()
	defer cluster.Unlock()
	if cluster.folder == "" {
		cluster.err = start()
	}
	if cluster.err != nil {
		Missing(t, "needs PostgreSQL (Debian: apt-get install postgresql): %v", cluster.err)
	}
	cluster.count++
	name := fmt.Sprintf("test%d", cluster.count)
	db, err := sql.Open("pgx", cluster.address+"postgres")
	if err == nil {
		defer func() { _ = db.Close() }()
		_, err = db.Exec("CREATE DATABASE " + name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return cluster.address + name
}

func start() error {
	folder, err := os.MkdirTemp("", "postgres")
	if err != nil {
		return err
	}
	cluster.folder = folder
	own, err := owner(folder)
	if err != nil {
		return err
	}
	data := filepath.Join(folder, "data")
	initdb, err := program("initdb")
	if err != nil {
		return err
	}
	command := exec.Command(initdb, "-D", data, "-U", "test", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale", "C")
	command.SysProcAttr = own
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	server, err := program("postgres")
	if err != nil {
		return err
	}
	cluster.server = exec.Command(server, "-D", data, "-p", strconv.Itoa(port), "-h", "127.0.0.1", "-k", folder)
	cluster.server.SysProcAttr = own
	if err := cluster.server.Start(); err != nil {
		return err
	}
	cluster.address = fmt.Sprintf("postgres://test@127.0.0.1:%d/", port)
	db, err := sql.Open("pgx", cluster.address+"postgres")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for range 100 {
		if err = db.PingContext(context.Background()); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

func stop() {
	if cluster.server != nil && cluster.server.Process != nil {
		_ = cluster.server.Process.Signal(syscall.SIGQUIT) // at once: nothing of it is kept
		_ = cluster.server.Wait()
	}
	if cluster.folder != "" {
		_ = os.RemoveAll(cluster.folder)
	}
}

// owner returns the attributes of a process that runs as the owner of the folder: PostgreSQL refuses root,
// so that is the user postgres then.
func owner(folder string) (*syscall.SysProcAttr, error) {
	attributes := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() != 0 {
		return attributes, nil
	}
	postgres, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.Atoi(postgres.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(postgres.Gid)
	if err != nil {
		return nil, err
	}
	attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attributes, os.Chown(folder, uid, gid)
}

// program finds a program of PostgreSQL, which Debian keeps outside the path.
func program(name string) (string, error) {
	if found, err := exec.LookPath(name); err == nil {
		return found, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("there is no %s", name)
	}
	return found[len(found)-1], nil
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
