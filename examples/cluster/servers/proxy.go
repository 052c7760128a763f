package servers

import (
	"errors"
	"io"
	"net"
	"strings"
	"sync"
)

// link is the way from one server to another: a proxy of TCP, which can be cut.
type link struct {
	listener net.Listener
	to       string // address

	mutex sync.Mutex
	fault fault
	conns map[net.Conn]struct{}
	wake  chan struct{} // closed when the fault changes
}

// fault is what is wrong with a link.
type fault uint8

const (
	none    fault = iota
	refused       // connections are closed, and new ones are too
	silent        // connections stay, and nothing arrives
	oneWay        // what is sent arrives, and no answer does
)

// newLink listens on a port of its own and forwards to an address.
func newLink(to string) (*link, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &link{listener: listener, to: to, conns: map[net.Conn]struct{}{}, wake: make(chan struct{})}
	go l.accept()
	return l, nil
}

func (l *link) address() string { return l.listener.Addr().String() }

func (l *link) accept() {
	for {
		in, err := l.listener.Accept()
		if err != nil {
			return
		}
		go l.forward(in)
	}
}

func (l *link) forward(in net.Conn) {
	if !l.hold(in) {
		return
	}
	defer l.drop(in)
	out, err := net.Dial("tcp", l.to)
	if err != nil || !l.hold(out) {
		return
	}
	defer l.drop(out)
	done := make(chan struct{}, 2)
	for i, way := range [][2]net.Conn{{in, out}, {out, in}} {
		go func() {
			_, _ = io.Copy(gate{way[1], l, i == 1}, way[0])
			done <- struct{}{}
		}()
	}
	<-done
}

// gate lets nothing through while its link is silent.
type gate struct {
	io.Writer
	link     *link
	isAnswer bool
}

// errCut ends a connection that went through a silent link.
var errCut = errors.New("cut")

// Write holds back what is written while the link is silent. What was held back never arrives: the connection ends
// when the link is mended, as that of a network that lost it.
func (g gate) Write(data []byte) (int, error) {
	g.link.mutex.Lock()
	isSilent, wake := g.link.fault == silent || g.isAnswer && g.link.fault == oneWay, g.link.wake
	g.link.mutex.Unlock()
	if isSilent {
		<-wake
		return 0, errCut
	}
	return g.Writer.Write(data)
}

// hold keeps a connection to be closed with the link, or closes it if the link is cut.
func (l *link) hold(conn net.Conn) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.fault == refused {
		_ = conn.Close()
		return false
	}
	l.conns[conn] = struct{}{}
	return true
}

func (l *link) drop(conn net.Conn) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	delete(l.conns, conn)
	_ = conn.Close()
}

// set makes a fault, or mends it.
func (l *link) set(f fault) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if f == l.fault {
		return
	}
	if f == refused || l.fault == silent || l.fault == oneWay {
		for conn := range l.conns {
			_ = conn.Close()
		}
	}
	l.fault = f
	close(l.wake)
	l.wake = make(chan struct{})
}

func (l *link) close() {
	_ = l.listener.Close()
	l.set(refused)
}

// Way is the way of a client to a server, which can lose answers.
type Way struct{ link *link }

// NewWay returns a way to the server at an address such as [Cluster.URL] returns.
func NewWay(to string) (*Way, error) {
	l, err := newLink(strings.TrimPrefix(to, "nats://"))
	return &Way{l}, err
}

// URL returns the address that leads this way.
func (w *Way) URL() string { return "nats://" + w.link.address() }

// LoseAnswers lets requests through and holds answers back, which never arrive.
func (w *Way) LoseAnswers() { w.link.set(oneWay) }

// Mend ends the connections that lost answers; new ones lose none.
func (w *Way) Mend() { w.link.set(none) }

// Close ends the way.
func (w *Way) Close() { w.link.close() }
