//! What a handler returns, as generated code writes it: whether it streams, and the response that is made of it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Lifetime, ReturnType, Signature, Type};

use crate::{lifetimes, spans};

/// The return type of a handler, where it has a name outside of the function: `impl Trait` has none.
///
/// A type that is no response is an error wherever generated code names it, and rustc prints errors once that say the
/// same of the same place. So there is one form to name it, [`Answer::named`].
pub(crate) struct Answer {
    ty: Type,
}

impl Answer {
    pub(crate) fn of(signature: &Signature) -> Option<Answer> {
        let ReturnType::Type(_, ty) = &signature.output else { return None };
        if lifetimes::has_impl_trait(ty) || matches!(**ty, Type::Never(_) | Type::Macro(_) | Type::Verbatim(_)) {
            return None;
        }
        let names: Vec<Lifetime> = signature.generics.lifetimes().map(|parameter| parameter.lifetime.clone()).collect();
        Some(Answer { ty: lifetimes::elided(ty, &names) })
    }

    /// Whether the type says that it streams.
    pub(crate) fn streams(&self, private: &TokenStream) -> TokenStream {
        let named = self.named(private);
        quote!(#named::STREAMS)
    }

    /// The check that it does not.
    pub(crate) fn whole(&self, private: &TokenStream) -> TokenStream {
        let ((first, last), streams) = (spans::generated_ends(&self.ty), self.streams(private));
        let private = spans::located(private, first);
        quote_spanned!(last=> #private::whole(#streams))
    }

    /// The response that is made of a value.
    pub(crate) fn respond(&self, output: &TokenStream, private: &TokenStream) -> TokenStream {
        let (_, last) = spans::ends(&self.ty);
        let named = self.named(private);
        quote_spanned!(last=> #named::into_response(#output))
    }

    /// `<T as IntoResponse>`.
    fn named(&self, private: &TokenStream) -> TokenStream {
        let (ty, (first, last)) = (&self.ty, spans::ends(&self.ty));
        let private = spans::located(private, first);
        let open = quote_spanned!(first=> <);
        quote_spanned!(last=> #open #ty as #private::IntoResponse>)
    }
}
