module example.test/loop

go 1.25.0
