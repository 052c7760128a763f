package main

import "net/http"

func (s *server) addPages(mux *http.ServeMux) {}
