package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"slices"
)

// pack makes a compiled program small: 3.4 MB as gzip has it become 3.0. It leaves out the tables of line numbers, which only
// the trace of a crash would show; it joins the data that the linker cut at each few zeros; and it replaces what was there
// more than 32 KiB before, further than gzip looks, by the distance to it. static/worker.js has the way back.
//
// A packed program is, before it is compressed, a sequence of numbers as [binary.AppendUvarint] writes them: the length of
// the program, the number of copies, and the number of bytes that those take; then for each copy how many bytes go
// before it, its length and its distance; then all the other bytes.
func pack(program []byte) ([]byte, error) {
	joined, err := joinData(program)
	if err == nil {
		err = dropLines(joined)
	}
	if err != nil {
		return nil, err
	}
	copies, rest, count := matches(joined)
	out := binary.AppendUvarint(nil, uint64(len(joined)))
	out = binary.AppendUvarint(out, uint64(count))
	out = binary.AppendUvarint(out, uint64(len(copies)))
	return compressed(slices.Concat(out, copies, rest)), nil
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

// dropLines takes the files and lines of functions out of the table that the runtime has of them (runtime/symtab.go: moduledata.pclntable).
func dropLines(program []byte) error {
	const ( // of a function's entry
		fileTable = 20
		lineTable = 24
		tables    = 28 // how many more there are
		first     = 44 // of those
	)
	begin := bytes.Index(program, []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}) // what the table begins with since Go 1.20
	if begin < 0 {
		return errProgram
	}
	table := program[begin:]
	word := func(at int) int { return int(binary.LittleEndian.Uint64(table[at:])) }
	half := func(at int) int { return int(binary.LittleEndian.Uint32(table[at:])) }
	functions, values, entries := word(8), word(56), word(64)
	isKept, dropped := make(map[int]bool), make([]int, 0, functions)
	for i := range functions {
		entry := entries + half(entries+8*i+4)
		isKept[half(entry+16)] = true
		for k := range half(entry + tables) {
			isKept[half(entry+first+4*k)] = true
		}
		dropped = append(dropped, half(entry+fileTable), half(entry+lineTable))
		clear(table[entry+fileTable : entry+tables])
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
	return nil
}

// matches finds what was there before, further back than gzip looks.
func matches(data []byte) (copies, rest []byte, count int) {
	const (
		least  = 48
		window = 1 << 15
		seed   = 16 // bytes that a match is found by
	)
	places := make(map[[seed]byte]int32, len(data)/4)
	at, begin := 0, 0
	for at+least <= len(data) {
		key := [seed]byte(data[at:])
		from, ok := places[key]
		places[key] = int32(at)
		before := int(from)
		if !ok || at-before <= window {
			at++
			continue
		}
		length, back := 0, 0
		for at+length < len(data) && before+length < at && data[before+length] == data[at+length] {
			length++
		}
		for at-back > begin && before > back && data[before-back-1] == data[at-back-1] {
			back++
		}
		if length+back < least {
			at++
			continue
		}
		copies = binary.AppendUvarint(copies, uint64(at-back-begin))
		copies = binary.AppendUvarint(copies, uint64(length+back))
		copies = binary.AppendUvarint(copies, uint64(at-before))
		rest = append(rest, data[begin:at-back]...)
		count++
		for next := at + 1; next < at+length && next+seed <= len(data); next++ {
			places[[seed]byte(data[next:])] = int32(next)
		}
		at += length
		begin = at
	}
	return copies, append(rest, data[begin:]...), count
}
