package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/examples/service/store"
	"github.com/backlogkit/backlogkit/examples/service/store/storetest"
)

// The program is killed again and again while clients write. What was answered is there afterwards, once; what
// was asked and not answered is there once or not at all, and asking again with its key settles it.
func TestKilled(t *testing.T) {
	program := filepath.Join(t.TempDir(), "service")
	out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	t.Run("sqlite", func(t *testing.T) { killed(t, program, filepath.Join(t.TempDir(), "killed.db"), rounds) })
	t.Run("postgres", func(t *testing.T) { killed(t, program, storetest.Postgres(t), rounds) })
}

func killed(t *testing.T, program, place string, rounds int) {
	type asked struct {
		title, body, key string
		answered         bool
	}
	var lock sync.Mutex
	var all []*asked
	for round := range rounds {
		command := exec.Command(program, "-db", place, "-addr", "127.0.0.1:0")
		output, err := command.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, command.Start())
		url, err := bufio.NewReader(output).ReadString('\n')
		require.NoError(t, err)
		send := func(a *asked) bool {
			request, err := http.NewRequest(http.MethodPost, strings.TrimSpace(url)+shop+"/changes", strings.NewReader(a.body))
			if err != nil {
				return false
			}
			request.Header.Set("Authorization", "Bearer demo-otto")
			request.Header.Set("Content-Type", "application/json")
			request.Header.Set("Idempotency-Key", a.key)
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				return false
			}
			defer func() { _ = response.Body.Close() }()
			var made changesAnswer
			return response.StatusCode == http.StatusOK && json.NewDecoder(response.Body).Decode(&made) == nil
		}
		lock.Lock()
		for _, a := range all { // what nobody knows the end of is asked again
			if !a.answered && rand.IntN(2) == 0 {
				a.answered = send(a)
			}
		}
		lock.Unlock()
		ctx, stop := context.WithCancel(context.Background())
		var group sync.WaitGroup
		for client := range 4 {
			group.Go(func() {
				for i := 0; ctx.Err() == nil; i++ {
					a := &asked{title: fmt.Sprintf("story %d.%d.%d", round, client, i), key: uuid.NewString()}
					body, err := json.Marshal(changes("add_story", newStory(a.title)))
					if err != nil {
						return
					}
					a.body = string(body)
					lock.Lock()
					all = append(all, a)
					lock.Unlock()
					a.answered = send(a)
				}
			})
		}
		time.Sleep(time.Duration(200+rand.IntN(400)) * time.Millisecond)
		require.NoError(t, command.Process.Kill())
		_ = command.Wait()
		stop()
		group.Wait()
		http.DefaultClient.CloseIdleConnections()
	}

	db, err := store.Open(context.Background(), place)
	require.NoError(t, err)
	defer func() { _ = db.Close() }()
	count := map[string]int{}
	err = host.New(db, host.Options{}).View(context.Background(), demoProduct, func(v *backlog.View) error {
		for one := range v.Stories() {
			count[one.Title]++
		}
		if v.Len() == 0 {
			return errors.New("nothing is left")
		}
		return nil
	})
	require.NoError(t, err)
	answered := 0
	for _, a := range all {
		if a.answered {
			answered++
			require.Equal(t, 1, count[a.title], "%s was answered", a.title)
		}
		require.LessOrEqual(t, count[a.title], 1, a.title)
	}
	require.Positive(t, answered)
	t.Logf("%d asked, %d answered, %d stories", len(all), answered, len(count))
}
