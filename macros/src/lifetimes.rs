//! Whether a type borrows from a request, and the type as generated code can write it.

use syn::{
    Lifetime, Type, TypeFnPtr, TypeImplTrait, TypeReference,
    visit::{self, Visit},
    visit_mut::{self, VisitMut},
};

/// Whether the type shows a reference or a lifetime. `'static` borrows nothing, and what stands in the arguments of a
/// function type is somebody else's.
pub(crate) fn borrows(ty: &Type) -> bool {
    let mut search = Search::default();
    search.visit_type(ty);
    search.borrow
}

/// Whether the type is, or holds, an `impl Trait`.
pub(crate) fn has_impl_trait(ty: &Type) -> bool {
    let mut search = Search::default();
    search.visit_type(ty);
    search.impl_trait
}

/// The type with one name for every lifetime that it borrows with, shown or left out of a reference.
pub(crate) fn named(ty: &Type, name: &Lifetime) -> Type {
    let mut ty = ty.clone();
    Name { name }.visit_type_mut(&mut ty);
    ty
}

/// The type with `'_` for each lifetime of the function: they have no name outside of it.
pub(crate) fn elided(ty: &Type, names: &[Lifetime]) -> Type {
    let mut ty = ty.clone();
    Elide { names }.visit_type_mut(&mut ty);
    ty
}

#[derive(Default)]
struct Search {
    borrow: bool,
    impl_trait: bool,
}

impl<'ast> Visit<'ast> for Search {
    fn visit_type_reference(&mut self, reference: &'ast TypeReference) {
        self.borrow |= reference.lifetime.is_none();
        visit::visit_type_reference(self, reference);
    }

    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        self.borrow |= lifetime.ident != "static";
    }

    fn visit_type_impl_trait(&mut self, _: &'ast TypeImplTrait) {
        self.impl_trait = true;
    }

    fn visit_type_fn_ptr(&mut self, _: &'ast TypeFnPtr) {}

    fn visit_parenthesized_generic_arguments(&mut self, _: &'ast syn::ParenthesizedGenericArguments) {}

    fn visit_trait_bound(&mut self, bound: &'ast syn::TraitBound) {
        if bound.lifetimes.is_none() {
            visit::visit_trait_bound(self, bound);
        }
    }
}

struct Elide<'a> {
    names: &'a [Lifetime],
}

impl VisitMut for Elide<'_> {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if self.names.contains(lifetime) {
            *lifetime = Lifetime::new("'_", lifetime.span());
        }
    }
}

struct Name<'a> {
    name: &'a Lifetime,
}

impl VisitMut for Name<'_> {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        reference.lifetime.get_or_insert_with(|| self.name.clone());
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident != "static" {
            *lifetime = self.name.clone();
        }
    }

    fn visit_type_fn_ptr_mut(&mut self, _: &mut TypeFnPtr) {}

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut syn::ParenthesizedGenericArguments) {}

    fn visit_trait_bound_mut(&mut self, bound: &mut syn::TraitBound) {
        if bound.lifetimes.is_none() {
            visit_mut::visit_trait_bound_mut(self, bound);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::ToTokens;
    use syn::parse_str;

    #[test]
    fn a_reference_or_a_lifetime_borrows() {
        for ty in ["&HeaderMap", "&'a str", "Query<Search<'_>>", "Cow<'a, str>", "Option<&Uri>", "(&str, u8)"] {
            assert!(borrows(&parse_str(ty).unwrap()), "{ty}");
        }
    }

    #[test]
    fn what_is_static_or_belongs_to_a_function_does_not() {
        for ty in [
            "Json<New>",
            "State<&'static str>",
            "Cow<'static, str>",
            "State<fn(&str) -> &str>",
            "State<Box<dyn Fn(&str) -> String + Send>>",
            "State<Box<dyn for<'a> Read<'a>>>",
        ] {
            assert!(!borrows(&parse_str(ty).unwrap()), "{ty}");
        }
    }

    #[test]
    fn the_lifetimes_of_the_function_are_elided_and_no_others() {
        let names = [parse_str("'a").unwrap()];
        for (ty, text) in [("&'a str", "& '_ str"), ("Cow<'a, &'static str>", "Cow < '_ , & 'static str >")] {
            assert_eq!(elided(&parse_str(ty).unwrap(), &names).to_token_stream().to_string(), text);
        }
    }

    #[test]
    fn every_borrow_gets_the_one_name() {
        let name = parse_str("'r").unwrap();
        for (ty, text) in [("&str", "& 'r str"), ("Cow<'_, &'static str>", "Cow < 'r , & 'static str >")] {
            assert_eq!(named(&parse_str(ty).unwrap(), &name).to_token_stream().to_string(), text);
        }
    }
}
