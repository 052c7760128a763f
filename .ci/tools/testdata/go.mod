module example.test/testdata

go 1.25.0
