//! What makes cookies that need the application's keys extractors.

/// Makes a type with `cookies` and `keys` an extractor, by the method of [`Cookies`](crate::cookie::Cookies) that makes it.
macro_rules! keyed {
    ($cookies:ident, $made_by:ident) => {
        impl crate::extract::FromRequest for $cookies {
            const READS: crate::reads::Reads = crate::reads::Reads::COOKIES;
            const READY: bool = true;
            type Rejection = crate::response::Problem;

            async fn from_request(
                head: &crate::extract::RequestHead,
                _: &mut crate::body::BodySlot,
            ) -> Result<Self, Self::Rejection> {
                <Self as crate::extract::FromHead<'_>>::from_head(head)
            }

            fn requires(requirements: &mut crate::state::Requirements) {
                requirements.state::<CookieKeys>();
            }

            fn is_absent(_: &Self::Rejection) -> bool {
                false
            }
        }

        /// For structs that borrow.
        impl crate::extract::FromHead<'_> for $cookies {
            const READS: crate::reads::Reads = crate::reads::Reads::COOKIES;
            type Rejection = crate::response::Problem;

            fn from_head(head: &crate::extract::RequestHead) -> Result<Self, Self::Rejection> {
                let keys: crate::extract::State<CookieKeys> = crate::extract::FromHead::from_head(head)?;
                Ok(Cookies::of(head.headers()).$made_by(&keys))
            }

            fn requires(requirements: &mut crate::state::Requirements) {
                requirements.state::<CookieKeys>();
            }

            fn is_absent(_: &Self::Rejection) -> bool {
                false
            }
        }

        impl core::fmt::Debug for $cookies {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_tuple(stringify!($cookies)).field(&self.cookies).finish()
            }
        }
    };
}

pub(super) use keyed;
