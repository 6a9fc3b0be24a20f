//! What the compiler says about each mistake, and the programs that it accepts.
//!
//! A case in `fail` is the smallest program with one mistake, named by the mistake; the `.stderr` beside it is what its
//! author reads. `TRYBUILD=overwrite cargo test -p ui-tests` writes them; read them before you keep them.

#[test]
fn every_mistake_is_one_error_that_says_what_to_write() {
    trybuild::TestCases::new().compile_fail("fail/*/*.rs");
}

#[test]
fn what_keeps_the_rules_compiles_and_runs() {
    trybuild::TestCases::new().pass("pass/*.rs");
}
