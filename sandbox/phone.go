package sandbox

import "net/http"

// newFront serves the phone and the proxied site: every request that is neither for a vendor's host nor under
// /_sandbox/, /open/ or /h5pay.
func newFront(s *Sandbox) http.Handler { return http.NotFoundHandler() }
