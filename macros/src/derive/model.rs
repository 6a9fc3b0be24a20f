//! A struct of extractors as it was read, and the rules that it keeps.

use syn::{Attribute, Data, DeriveInput, Fields, Generics, Ident, Lifetime, Member, Path, Type, parse2};

use crate::{
    diagnostics::Diagnostics,
    extractor::{Extractor, Kind},
    given::Given,
    items,
};

/// A struct with at least one field.
pub(crate) struct Struct<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) generics: &'a Generics,
    /// What the struct borrows with.
    pub(crate) lifetime: Option<&'a Lifetime>,
    pub(crate) fields: Vec<(Member, &'a Type)>,
    pub(crate) krate: Option<Path>,
}

impl<'a> Struct<'a> {
    /// Reads a struct; everything else is refused by its name.
    pub(crate) fn read(input: &'a DeriveInput, errors: &mut Diagnostics) -> Option<Struct<'a>> {
        let lifetime = one_lifetime(&input.generics, errors);
        let krate = options(&input.attrs, errors);
        let fields = fields(input, errors)?;
        Some(Struct { name: &input.ident, generics: &input.generics, lifetime, fields, krate })
    }

    /// The fields as extractors.
    pub(crate) fn extractors(&self) -> Vec<Extractor<'a>> {
        let extractor = |(place, (_, ty)): (usize, &(Member, &'a Type))| match self.lifetime {
            Some(_) => Extractor { ty, kind: Kind::Borrowed },
            // An alias cannot name the parameters of the struct.
            None if self.depends(ty) => Extractor { ty, kind: Kind::Owned },
            None => Extractor::owned(ty, place),
        };
        self.fields.iter().enumerate().map(extractor).collect()
    }
}

/// Several lifetimes could not all be that of the request.
fn one_lifetime<'a>(generics: &'a Generics, errors: &mut Diagnostics) -> Option<&'a Lifetime> {
    let mut lifetimes = generics.lifetimes();
    let first = lifetimes.next();
    if let Some(second) = lifetimes.next() {
        errors.under(second, "everything is borrowed from one request: use one lifetime for all fields");
    }
    first.map(|parameter| &parameter.lifetime)
}

fn fields<'a>(input: &'a DeriveInput, errors: &mut Diagnostics) -> Option<Vec<(Member, &'a Type)>> {
    let data = match &input.data {
        Data::Struct(data) => data,
        Data::Enum(data) => {
            let message = "an enum is not made from a request by its fields: derive `FromRequest` on a struct, \
                           or implement it";
            errors.at(data.enum_token.span, message);
            return None;
        }
        Data::Union(data) => {
            let message = "a union is not made from a request by its fields: derive `FromRequest` on a struct";
            errors.at(data.union_token.span, message);
            return None;
        }
    };
    if data.fields.is_empty() {
        let message = "a struct without fields takes nothing from a request: give it extractors as fields, \
                       or implement `FromRequest`";
        errors.at(input.ident.span(), message);
        return None;
    }
    fields_have_no_options(&data.fields, errors);
    Some(data.fields.members().zip(data.fields.iter().map(|field| &field.ty)).collect())
}

fn fields_have_no_options(fields: &Fields, errors: &mut Diagnostics) {
    let attributes = fields.iter().flat_map(|field| &field.attrs);
    for attribute in attributes.filter(|attribute| attribute.path().is_ident("from_request")) {
        errors.under(attribute, "a field has no options: write `#[from_request(crate = …)]` on the struct");
    }
}

/// `#[from_request(crate = path)]`.
fn options(attributes: &[Attribute], errors: &mut Diagnostics) -> Option<Path> {
    const FORM: &str = "crate = path::to::rutter";
    let mut krate = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("from_request")) {
        let Ok(list) = attribute.meta.require_list() else {
            errors.under(attribute, format!("the option is missing: write `#[from_request({FORM})]`"));
            continue;
        };
        for item in items::split(list.tokens.clone()) {
            let Some(given) = errors.take(Given::parse(&item)) else { continue };
            let given = given.form(FORM);
            if given.name != "crate" {
                errors.at(given.name.span(), format!("`{}` is not an option: there is `{FORM}`", given.name));
                continue;
            }
            let path = given
                .value()
                .and_then(|value| parse2(value).map_err(|_| given.wrong("`crate` is a path, written without quotes")));
            krate = errors.take(path).or(krate);
        }
    }
    krate
}
