//! The rules of a [`CacheStore`](crate::CacheStore), run against one.

mod alone;
mod case;
mod shared;

use core::{fmt, future::Future, pin::Pin, time::Duration};

use crate::{CacheStore, testing::contract::case::Case};

/// Checks that a store keeps the rules of [`CacheStore`].
///
/// `make` gives a store for each rule. They may all be the same underneath: every rule has keys and labels of its own.
///
/// ```
/// use rutter::{Memory, testing::store_contract};
///
/// # /*
/// #[tokio::test]
/// # */
/// async fn the_store_keeps_the_rules() {
///     store_contract(async || Memory::new(16 << 20)).run().await;
/// }
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(the_store_keeps_the_rules());
/// # Ok::<_, std::io::Error>(())
/// ```
///
/// A store that instances share says so, and is made twice where two of them meet:
///
/// ```no_run
/// use rutter::{CacheStore, testing::store_contract};
///
/// # async fn connect(_: &str) -> rutter::Memory { unimplemented!() }
/// # async fn test() {
/// store_contract(async || connect("sql://localhost/answers").await).shared().run().await;
/// # }
/// ```
pub fn store_contract<F, S>(make: F) -> StoreContract<F>
where
    F: AsyncFn() -> S,
    S: CacheStore,
{
    StoreContract { make, shared: false }
}

/// The rules that a store is about to be checked against.
#[must_use = "the rules are checked by `run`"]
#[derive(Clone)]
pub struct StoreContract<F> {
    make: F,
    shared: bool,
}

impl<F, S> StoreContract<F>
where
    F: AsyncFn() -> S,
    S: CacheStore,
{
    /// Every store that is made is another instance over the same backend: what one keeps the other finds, and what
    /// one revalidates the other's listener hears.
    pub fn shared(mut self) -> Self {
        self.shared = true;
        self
    }

    /// Checks the rules, one after the other. It takes a few seconds, up to 20 s where instances share the store, and needs a Tokio runtime with its timers.
    ///
    /// # Panics
    /// When a rule is broken: the message names every rule that is, and says how.
    pub async fn run(self) {
        let shared = if self.shared { shared::RULES } else { &[] };
        let mut broken = Vec::new();
        for rule in alone::RULES.iter().chain(shared) {
            if let Err(Broken(how)) = self.check(rule).await {
                broken.push(format!("  {}: {how}", rule.name));
                // Each of the others would wait for the same.
                if rule.name == LISTENING {
                    break;
                }
            }
        }
        let all = alone::RULES.len() + shared.len();
        assert!(broken.is_empty(), "the store breaks {} of {all} rules:\n{}", broken.len(), broken.join("\n"));
    }

    async fn check(&self, rule: &Rule) -> Verdict {
        let one = (self.make)().await;
        let two = if self.shared { Some((self.make)().await) } else { None };
        let case = Case::new(rule.name, one, two);
        if rule.name == DROPPING {
            case.third((self.make)().await);
        }
        let Ok(verdict) = tokio::time::timeout(PATIENCE, (rule.check)(&case)).await else {
            return Err(Broken(format!("not done within {} s", PATIENCE.as_secs())));
        };
        verdict
    }
}

impl<F> fmt::Debug for StoreContract<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreContract").field("shared", &self.shared).finish_non_exhaustive()
    }
}

/// A rule of the contract.
struct Rule {
    name: &'static str,
    check: for<'a> fn(&'a Case) -> Pin<Box<dyn Future<Output = Verdict> + 'a>>,
}

/// Whether a rule is kept.
type Verdict = Result<(), Broken>;

/// How a rule is broken.
struct Broken(String);

impl<T: fmt::Display> From<T> for Broken {
    fn from(how: T) -> Self {
        Broken(how.to_string())
    }
}

/// The rule without which no other makes sense.
const LISTENING: &str = "listening_leads_to_found";
/// The rule that takes an instance more, and drops it.
const DROPPING: &str = "a_turn_of_an_instance_that_is_gone_ends_by_itself";

/// The longest that checking one rule may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A table of rules: each is a function, and named as that.
macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        &[$($crate::testing::contract::Rule { name: stringify!($name), check: |case| Box::pin($name(case)) }),*]
    };
}

/// Breaks the rule unless this holds.
macro_rules! hold {
    ($holds:expr, $($how:tt)+) => {
        if !$holds {
            return Err($crate::testing::contract::Broken(format!($($how)+)));
        }
    };
}

use {hold, rules};
