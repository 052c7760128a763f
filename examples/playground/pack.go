package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"slices"
)

// pack makes a compiled program small: 3.5 MB as gzip has it become 3.0. It leaves out the tables of files, lines and names, which only
// the trace of a crash would show; it joins the data that the linker cut at each few zeros; and it replaces what was there
// more than 32 KiB before, further than gzip looks, by the distance to it. static/worker.js has the way back.
//
// A packed program is, before it is compressed, numbers as [binary.AppendUvarint] writes them: the length of the program and
// the number of copies; how many bytes go before each copy; the length of each; the distance of each, 0 for that of the copy
// before. All the other bytes follow.
func pack(program []byte) ([]byte, error) {
	joined, err := joinData(program)
	if err != nil {
		return nil, err
	}
	dropLines(joined)
	m := matchesOf(joined)
	sizes := binary.AppendUvarint(binary.AppendUvarint(nil, uint64(len(joined))), uint64(m.count))
	return compressed(slices.Concat(sizes, m.before, m.length, m.distance, m.rest)), nil
}

func compressed(data []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level exists, and a buffer takes everything
	_, _ = w.Write(data)
	_ = w.Close()
	return out.Bytes()
}

const dataSection = 11

var errProgram = errors.New("the compiled program is not as expected")

// joinData joins the pieces of data of a program that are less than a page of zeros apart.
func joinData(program []byte) ([]byte, error) {
	out := slices.Clone(program[:8])
	for at := 8; at < len(program); {
		id := program[at]
		size, n := binary.Uvarint(program[at+1:])
		begin := at + 1 + n
		at = begin + int(size)
		if n <= 0 || at > len(program) {
			return nil, errProgram
		}
		section := program[begin:at]
		if id == dataSection {
			pieces, err := piecesOf(section)
			if err != nil {
				return nil, err
			}
			section = section[:0:0]
			section = binary.AppendUvarint(section, uint64(len(pieces)))
			for _, p := range pieces {
				section = appendSigned(append(section, 0, constant), p.at)
				section = binary.AppendUvarint(append(section, end), uint64(len(p.data)))
				section = append(section, p.data...)
			}
		}
		out = append(binary.AppendUvarint(append(out, id), uint64(len(section))), section...)
	}
	return out, nil
}

// The codes of WebAssembly around the address of a piece of data.
const (
	constant = 0x41
	end      = 0x0b
)

// piece is data at an address.
type piece struct {
	at   int64
	data []byte
}

func piecesOf(section []byte) (pieces []piece, err error) {
	const page = 4096
	count, n := binary.Uvarint(section)
	for section = section[n:]; count > 0; count-- {
		if len(section) < 4 || section[0] != 0 || section[1] != constant {
			return nil, errProgram
		}
		address, n := signed(section[2:])
		section = section[2+n:]
		if section[0] != end {
			return nil, errProgram
		}
		size, n := binary.Uvarint(section[1:])
		data := section[1+n : 1+n+int(size)]
		section = section[1+n+int(size):]
		if last := len(pieces) - 1; last >= 0 {
			gap := address - pieces[last].at - int64(len(pieces[last].data))
			if gap >= 0 && gap < page {
				pieces[last].data = append(append(pieces[last].data, make([]byte, gap)...), data...)
				continue
			}
		}
		pieces = append(pieces, piece{address, slices.Clone(data)})
	}
	return pieces, nil
}

// signed reads a signed number of WebAssembly (LEB128).
func signed(data []byte) (value int64, n int) {
	for shift := uint(0); n < len(data); {
		b := data[n]
		n++
		value |= int64(b&0x7f) << shift
		shift += 7
		if b < 0x80 {
			if b&0x40 != 0 && shift < 64 {
				value |= -1 << shift
			}
			break
		}
	}
	return value, n
}

func appendSigned(out []byte, value int64) []byte {
	for {
		b := byte(value & 0x7f)
		value >>= 7
		if value == 0 && b&0x40 == 0 || value == -1 && b&0x40 != 0 {
			return append(out, b)
		}
		out = append(out, b|0x80)
	}
}

// dropLines takes the files, the lines and the names of functions out of the table that the runtime has of them
// (runtime/runtime2.go: _func). A table that is laid out in another way than since Go 1.20 stays as it is.
func dropLines(program []byte) {
	const ( // in the entry of a function
		name           = 4
		stack          = 16 // a table of values
		file, line     = 20, 24
		count          = 28     // of further tables
		unit, identity = 32, 40 // between them, the file and the first line
		first          = 44     // of the further tables
	)
	start := bytes.Index(program, []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8})
	if start < 0 {
		return
	}
	table := program[start:]
	word := func(at int) int { return int(binary.LittleEndian.Uint64(table[at:])) } //nolint:gosec // all of them are small
	half := func(at int) int { return int(binary.LittleEndian.Uint32(table[at:])) }
	functions, names, units, values, entries := word(8), word(32), word(40), word(56), word(64)
	clear(table[units:values]) // the names of files
	isKept, dropped := make(map[int]bool), make([]int, 0, 2*functions)
	for i := range functions {
		entry := entries + half(entries+8*i+4)
		isKept[half(entry+stack)] = true
		for k := range half(entry + count) {
			isKept[half(entry+first+4*k)] = true
		}
		dropped = append(dropped, half(entry+file), half(entry+line))
		clear(table[entry+file : entry+count])
		clear(table[entry+unit : entry+identity])
		text := table[names+half(entry+name):]
		text = text[:bytes.IndexByte(text, 0)]
		if !bytes.HasPrefix(text, []byte("runtime.")) && !bytes.HasPrefix(text, []byte("main.")) { // names that the runtime looks at
			clear(text)
		}
	}
	for _, offset := range dropped {
		if offset == 0 || isKept[offset] {
			continue
		}
		isKept[offset] = true
		at := values + offset
		for isFirst := true; isFirst || table[at] != 0; isFirst = false { // pairs of numbers, up to a zero
			for range 2 {
				for table[at] >= 0x80 {
					table[at] = 0
					at++
				}
				table[at] = 0
				at++
			}
		}
	}
}

// matches are copies of what was there before, and the bytes around them.
type matches struct {
	count                    int
	before, length, distance []byte // numbers; a distance of 0 is that of the copy before
	rest                     []byte

	data        []byte
	begin, last int // the first byte that is in no copy and not in rest; the distance of the last copy
}

// add adds a copy of so many bytes from so far back.
func (m *matches) add(at, length, distance int) {
	m.count++
	m.before = binary.AppendUvarint(m.before, uint64(at-m.begin))
	m.length = binary.AppendUvarint(m.length, uint64(length))
	stated := distance
	if distance == m.last {
		stated = 0
	}
	m.distance = binary.AppendUvarint(m.distance, uint64(stated))
	m.rest = append(m.rest, m.data[m.begin:at]...)
	m.begin, m.last = at+length, distance
}

// goesOn returns how many bytes at a place are those of the last copy's source after a short difference: instances of
// what is generic differ in a few bytes.
func (m *matches) goesOn(at int) (length int) {
	const (
		least = 10
		gap   = 16
	)
	if m.last == 0 || at-m.begin > gap {
		return 0
	}
	for at+length < len(m.data) && length < m.last && m.data[at+length] == m.data[at-m.last+length] {
		length++
	}
	if length < least {
		return 0
	}
	return length
}

// matchesOf finds what was there before, further back than gzip looks.
func matchesOf(data []byte) *matches {
	const (
		least  = 40
		window = 1 << 15
		seed   = 16 // bytes that a match is found by
	)
	m := &matches{data: data}
	places := make(map[[seed]byte]int32, len(data)/4)
	at := 0
	remember := func(end int) {
		for ; at < end; at++ {
			if at+seed <= len(data) {
				places[[seed]byte(data[at:])] = int32(at) //nolint:gosec // a program has less than 2 GiB
			}
		}
	}
	for at+least <= len(data) {
		if length := m.goesOn(at); length > 0 {
			m.add(at, length, m.last)
			remember(at + length)
			continue
		}
		place, ok := places[[seed]byte(data[at:])]
		from := int(place)
		if !ok || at-from <= window {
			remember(at + 1)
			continue
		}
		length, back := 0, 0
		for at+length < len(data) && from+length < at && data[from+length] == data[at+length] {
			length++
		}
		for at-back > m.begin && from > back && data[from-back-1] == data[at-back-1] {
			back++
		}
		if length+back < least || length+back > at-from { // a copy does not overlap what it copies
			remember(at + 1)
			continue
		}
		m.add(at-back, length+back, at-from)
		remember(at + length)
	}
	m.rest = append(m.rest, data[m.begin:]...)
	return m
}
