package backlog

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story"
)

// scanEvent reads an event whose parts stand as [Event.MarshalJSON] writes them: in any order and with any space, but
// without escapes, findings and what is touched, which few events have. It reports false for anything else, be it
// wrong or only rare: that is read again, slowly, by package json, whose errors name what is wrong. O(len(data)).
func scanEvent(data []byte) (event Event, ok bool) {
	var (
		s       = scanner{data: data, ok: true}
		seen    uint
		version uint64
		kind    string
		change  []byte
	)
	s.object(func(key []byte) {
		var part uint
		switch string(key) {
		case "version":
			part, version = 1<<0, s.number()
		case "seq":
			part, event.Seq = 1<<1, s.number()
		case "at":
			part, event.At = 1<<2, s.instant()
		case "by":
			part, event.By = 1<<3, s.actor()
		case "as":
			part, event.As = 1<<4, s.role()
		case "kind":
			part, kind = 1<<5, s.text()
		case "change":
			part, change = 1<<6, s.keyed()
		case "note":
			part, event.Note = 1<<7, s.text()
		case "correlation":
			part, event.Correlation = 1<<8, s.text()
		}
		s.ok = s.ok && part != 0 && seen&part == 0
		seen |= part
	})
	s.space()
	const all = 1<<7 - 1 // up to the change
	zero := kinds[kind]
	if !s.ok || s.at != len(data) || seen&all != all || version != EventVersion || zero == nil ||
		event.At.IsZero() || event.By.Name == "" {
		return Event{}, false
	}
	var err error
	if event.Change, err = decode(zero, change); err != nil {
		return Event{}, false
	}
	return event, true
}

// scanner reads JSON from left to right. Once ok is false, it stays so, and what it returns is of no use.
type scanner struct {
	data []byte
	at   int
	ok   bool
}

func (s *scanner) space() {
	for s.at < len(s.data) && (s.data[s.at] == ' ' || s.data[s.at] == '\n' || s.data[s.at] == '\t' || s.data[s.at] == '\r') {
		s.at++
	}
}

// next reports whether c comes next, after space, and if so goes on behind it.
func (s *scanner) next(c byte) bool {
	s.space()
	if !s.ok || s.at >= len(s.data) || s.data[s.at] != c {
		return false
	}
	s.at++
	return true
}

func (s *scanner) want(c byte) { s.ok = s.next(c) }

// object reads an object; value reads what belongs to a key.
func (s *scanner) object(value func(key []byte)) {
	s.want('{')
	if s.next('}') {
		return
	}
	for s.ok {
		key := s.bytes()
		s.want(':')
		if s.ok {
			value(key)
		}
		if !s.next(',') {
			break
		}
	}
	s.want('}')
}

// text reads a text without escapes.
func (s *scanner) text() string { return string(s.bytes()) }

func (s *scanner) bytes() []byte {
	if s.want('"'); !s.ok {
		return nil
	}
	rest, bits := s.data[s.at:], byte(0)
	for i, c := range rest {
		if c == '"' {
			s.at += i + 1
			s.ok = bits < utf8.RuneSelf || utf8.Valid(rest[:i])
			return rest[:i]
		}
		if c < ' ' || c == '\\' {
			break
		}
		bits |= c
	}
	s.ok = false
	return nil
}

// number reads a whole number from 0.
func (s *scanner) number() uint64 {
	s.space()
	begin := s.at
	for s.at < len(s.data) && '0' <= s.data[s.at] && s.data[s.at] <= '9' {
		s.at++
	}
	digits := s.data[begin:s.at]
	n, err := strconv.ParseUint(string(digits), 10, 64)
	s.ok = s.ok && err == nil && (digits[0] != '0' || len(digits) == 1)
	return n
}

func (s *scanner) instant() (at time.Time) {
	text := s.bytes()
	s.ok = s.ok && at.UnmarshalText(text) == nil
	return at
}

func (s *scanner) role() Role {
	role := Role(s.text())
	s.ok = s.ok && role.IsValid()
	return role
}

func (s *scanner) actor() Actor {
	var by actorJSON
	hasName, hasRoles := false, false
	s.object(func(key []byte) {
		switch {
		case string(key) == "name" && !hasName:
			hasName, by.Name = true, s.text()
		case string(key) == "roles" && !hasRoles:
			hasRoles = true
			s.want('[')
			for s.ok {
				by.Roles = append(by.Roles, s.grant())
				if !s.next(',') {
					break
				}
			}
			s.want(']')
		default:
			s.ok = false
		}
	})
	return actorOf(by.Name, by.Roles)
}

func (s *scanner) grant() (grant Grant) {
	hasRole, hasTeam := false, false
	s.object(func(key []byte) {
		switch {
		case string(key) == "role" && !hasRole:
			hasRole, grant.Role = true, s.role()
		case string(key) == "team" && !hasTeam:
			hasTeam, grant.Team = true, story.Team(s.text())
		default:
			s.ok = false
		}
	})
	return grant
}

// keyed finds the end of an object or array with the keys that checkKeys wants.
func (s *scanner) keyed() []byte {
	s.space()
	if s.ok = s.ok && s.at < len(s.data) && (s.data[s.at] == '{' || s.data[s.at] == '['); !s.ok {
		return nil
	}
	end, err := scanKeys(s.data[s.at:])
	found := s.data[s.at : s.at+end]
	s.at += end
	s.ok = err == nil
	return found
}
