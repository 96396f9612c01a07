import fc from "fast-check"

// A landing does not depend on luck: property tests draw the same examples each time, and others where FAST_CHECK_SEED says so.
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20261124) })
