// Package servers runs a cluster of NATS servers with JetStream on this machine, in this process or in processes
// of their own, and breaks it: a server is killed and started again, or cut off from the others. It is what the
// demonstration and the tests break; a host needs none of it.
package servers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// MaxPayload is how large one decision may be.
const MaxPayload = 8 << 20

// Options are how a cluster is run.
type Options struct {
	Dir       string // where the servers keep their files
	Processes bool   // a process for each server; see [Main]
	NoSync    bool   // leave it to the system when files reach the disk
}

// Cluster is three servers, each with a link to each of the others.
type Cluster struct {
	options Options
	nodes   [Size]*node
	links   [Size][Size]*link // from, to
}

// Size is the number of servers.
const Size = 3

// node is one server.
type node struct {
	config config
	here   *server.Server // in this process
	other  *exec.Cmd      // or in another
}

// config is all that a server is told.
type config struct {
	Name    string
	Dir     string
	Client  int // port
	Cluster int // port
	Routes  []string
	NoSync  bool
}

// Start starts a cluster and waits until its servers have a leader.
func Start(ctx context.Context, options Options) (*Cluster, error) {
	c := &Cluster{options: options}
	ports, err := freePorts(2 * Size)
	if err != nil {
		return nil, err
	}
	for i := range c.nodes {
		name := string(rune('A' + i))
		c.nodes[i] = &node{config: config{
			Name: name, Dir: filepath.Join(options.Dir, name), Client: ports[2*i], Cluster: ports[2*i+1], NoSync: options.NoSync,
		}}
	}
	for from := range c.nodes {
		for to := range c.nodes {
			if from == to {
				continue
			}
			l, err := newLink(address(c.nodes[to].config.Cluster))
			if err != nil {
				return nil, errors.Join(err, c.Stop())
			}
			c.links[from][to] = l
			c.nodes[from].config.Routes = append(c.nodes[from].config.Routes, "nats://"+l.address())
		}
	}
	for i := range c.nodes {
		if err := c.Restart(i); err != nil {
			return nil, errors.Join(err, c.Stop())
		}
	}
	return c, nil
}

func address(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

// freePorts returns ports that nobody listens on.
func freePorts(n int) ([]int, error) {
	var ports []int
	for range n {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer func() { _ = listener.Close() }()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// Name returns the name of a server.
func (c *Cluster) Name(i int) string { return c.nodes[i].config.Name }

// URL returns the address of a server for clients.
func (c *Cluster) URL(i int) string { return "nats://" + address(c.nodes[i].config.Client) }

// Connect connects to server i, or to another one as long as it is not there.
func (c *Cluster) Connect(i int) (*nats.Conn, error) {
	urls := make([]string, 0, Size)
	for k := range Size {
		urls = append(urls, c.URL((i+k)%Size))
	}
	return nats.Connect(strings.Join(urls, ","), nats.DontRandomize(), nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond),
		nats.ReconnectJitter(0, 0), nats.ReconnectBufSize(-1), nats.RetryOnFailedConnect(true), nats.Timeout(time.Second),
		nats.PingInterval(2*time.Second), nats.MaxPingsOutstanding(2), nats.IgnoreDiscoveredServers())
}

// ConnectAlone connects to server i and no other.
func (c *Cluster) ConnectAlone(i int) (*nats.Conn, error) {
	return nats.Connect(c.URL(i), nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond), nats.IgnoreDiscoveredServers())
}

// Leader returns which server leads a stream, as server i has it, or an error if none does.
func Leader(ctx context.Context, conn *nats.Conn, stream string) (string, error) {
	info, err := info(ctx, conn, stream)
	if err != nil {
		return "", err
	}
	if info.Cluster == nil || info.Cluster.Leader == "" {
		return "", errors.New("servers: the stream has no leader")
	}
	return info.Cluster.Leader, nil
}

func info(ctx context.Context, conn *nats.Conn, stream string) (*jetstream.StreamInfo, error) {
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, err
	}
	s, err := js.Stream(ctx, stream)
	if err != nil {
		return nil, err
	}
	return s.CachedInfo(), nil
}

// Settle waits until all servers have the whole of a stream, and returns its state.
func (c *Cluster) Settle(ctx context.Context, conn *nats.Conn, stream string) (state jetstream.StreamState, err error) {
	for {
		attempt, cancel := context.WithTimeout(ctx, 2*time.Second)
		info, err := info(attempt, conn, stream)
		cancel()
		if err == nil && info.Cluster != nil && info.Cluster.Leader != "" && len(info.Cluster.Replicas) == Size-1 {
			isSettled := true
			for _, peer := range info.Cluster.Replicas {
				isSettled = isSettled && peer.Current && !peer.Offline && peer.Lag == 0
			}
			if isSettled {
				return info.State, nil
			}
		}
		select {
		case <-ctx.Done():
			return state, errors.Join(ctx.Err(), err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// Index returns which server has a name.
func (c *Cluster) Index(name string) int {
	for i, n := range c.nodes {
		if n.config.Name == name {
			return i
		}
	}
	return -1
}

// Restart starts a server that is not running, on the files that it left.
func (c *Cluster) Restart(i int) error {
	c.link(i, none)
	n := c.nodes[i]
	if !c.options.Processes {
		s, err := n.config.start()
		n.here = s
		return err
	}
	data, err := json.Marshal(n.config)
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	n.other = exec.Command(program)
	n.other.Env = append(os.Environ(), configVariable+"="+string(data))
	n.other.Stderr = os.Stderr
	n.other.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := n.other.Start(); err != nil {
		return err
	}
	for range 300 { // until it listens
		conn, err := net.Dial("tcp", address(n.config.Client))
		if err == nil {
			return conn.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("servers: %s does not listen", n.config.Name)
}

// Kill ends a server without a word to the others: its process by SIGKILL; one in this process is cut off first, so
// that it cannot hand its work over while it shuts down.
func (c *Cluster) Kill(i int) error {
	n := c.nodes[i]
	if n.other != nil {
		err := n.other.Process.Kill()
		_ = n.other.Wait() // that it was killed is no error
		n.other = nil
		return err
	}
	if n.here != nil {
		c.link(i, refused)
		n.here.Shutdown()
		n.here.WaitForShutdown()
		n.here = nil
	}
	return nil
}

// IsRunning reports whether a server was started and not killed.
func (c *Cluster) IsRunning(i int) bool { return c.nodes[i].here != nil || c.nodes[i].other != nil }

// Isolate cuts a server off from the others, whose connections end.
func (c *Cluster) Isolate(i int) { c.link(i, refused) }

// Silence cuts a server off from the others, whose connections stay: nothing arrives.
func (c *Cluster) Silence(i int) { c.link(i, silent) }

// Impair lets nothing arrive on the connections that the others began to a server, and leaves alone those that it
// began: some of what is said arrives.
func (c *Cluster) Impair(i int) {
	for k := range Size {
		if k != i {
			c.links[k][i].set(silent)
		}
	}
}

// Mend ends what cuts a server off.
func (c *Cluster) Mend(i int) { c.link(i, none) }

func (c *Cluster) link(i int, f fault) {
	for k := range Size {
		if k != i {
			c.links[i][k].set(f)
			c.links[k][i].set(f)
		}
	}
}

// Stop ends all servers.
func (c *Cluster) Stop() error {
	var errs []error
	for i, n := range c.nodes {
		if n != nil {
			errs = append(errs, c.Kill(i))
		}
		for _, l := range c.links[i] {
			if l != nil {
				l.close()
			}
		}
	}
	return errors.Join(errs...)
}

const configVariable = "BACKLOG_CLUSTER_SERVER"

// Main runs a server, and never returns, if this process was started as one by a [Cluster] with
// [Options.Processes]. It has to be called first in main and in TestMain.
func Main() {
	text := os.Getenv(configVariable)
	if text == "" {
		return
	}
	var conf config
	err := json.Unmarshal([]byte(text), &conf)
	if err == nil {
		signal.Ignore(syscall.SIGINT) // of the terminal; the cluster ends its servers
		var s *server.Server
		if s, err = conf.start(); err == nil {
			s.WaitForShutdown()
			os.Exit(0)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func (conf config) start() (*server.Server, error) {
	options := &server.Options{
		ServerName: conf.Name, Host: "127.0.0.1", Port: conf.Client, NoLog: true, NoSigs: true, MaxPayload: MaxPayload,
		JetStream: true, StoreDir: conf.Dir, SyncAlways: !conf.NoSync, JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 4 << 30,
		Cluster: server.ClusterOpts{
			Name: "backlogs", Host: "127.0.0.1", Port: conf.Cluster, NoAdvertise: true,
			Advertise: "127.0.0.1:1", // nobody is told of a way round the links
		},
		DisableShortFirstPing: true,
	}
	for _, route := range conf.Routes {
		u, err := url.Parse(route)
		if err != nil {
			return nil, err
		}
		options.Routes = append(options.Routes, u)
	}
	s, err := server.NewServer(options)
	if err != nil {
		return nil, fmt.Errorf("servers: %s: %w", conf.Name, err)
	}
	go s.Start()
	if !s.ReadyForConnections(15 * time.Second) {
		return nil, fmt.Errorf("servers: %s is not ready", conf.Name)
	}
	return s, nil
}
