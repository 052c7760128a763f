// The tools of .ci: nothing of the library imports them, and they import the standard library alone.
module github.com/backlogkit/backlogkit-ci

go 1.25.0
