//! The rules of a route that the attribute and the function keep together, one function each.

use rutter_pattern::Segment;
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

use crate::{
    diagnostics::Diagnostics,
    lifetimes,
    route::model::{Route, Source},
    suggest,
};

/// Checks every rule.
pub(crate) fn all(route: &Route<'_>, errors: &mut Diagnostics) {
    segments_are_bound(route, errors);
    a_segment_is_one_value(route, errors);
    a_catch_all_is_a_list(route, errors);
    an_optional_catch_all_may_be_absent(route, errors);
    a_text_of_a_catch_all_is_owned(route, errors);
    a_segment_lives_as_long_as_its_request(route, errors);
    an_answer_outlives_its_request(route, errors);
    what_waits_is_async(route, errors);
}

/// Every `[segment]` is bound to an argument of the same name.
fn segments_are_bound(route: &Route<'_>, errors: &mut Diagnostics) {
    let unbound = || route.arguments.iter().filter(|argument| !matches!(argument.source, Source::Segment(_)));
    let names: Vec<String> = unbound().filter_map(|argument| argument.name.as_ref()).map(ToString::to_string).collect();
    for (segment, _) in route.bound().filter(|(_, argument)| argument.is_none()) {
        let name = segment.name().unwrap_or_default();
        let unused = names.iter().find(|argument| argument.trim_start_matches('_') == name);
        let near = suggest::closest(name, names.iter().map(String::as_str));
        let help = match (unused, near) {
            (Some(unused), _) => format!("`{unused}` does not bind it, so rename `{unused}` to `{name}`"),
            (None, Some(near)) => format!("argument `{near}` is close to `{segment}`, so rename one of them"),
            (None, None) => format!("add `{name}: {}`", usual_type(segment)),
        };
        let message = format!("`{segment}` is not bound to an argument: {help}");
        errors.at(route.path.span(), route.path.draw(&message, segment));
    }
}

/// `[x]` is always there, and one: no `Option`, no `Vec`.
fn a_segment_is_one_value(route: &Route<'_>, errors: &mut Diagnostics) {
    for (segment, argument) in route.bound() {
        let (Segment::Param(name), Some(argument)) = (segment, argument) else { continue };
        match last_word(&argument.ty).as_str() {
            "Option" => errors.under(
                &argument.ty,
                format!("`{segment}` is always there where the route matches: write the type without `Option`"),
            ),
            "Vec" | "Segments" => errors.under(
                &argument.ty,
                format!("`{segment}` is one segment: write the type of one, or `[...{name}]` in the path"),
            ),
            _ => {}
        }
    }
}

/// `[...path]` is several segments: no `String`, no number.
fn a_catch_all_is_a_list(route: &Route<'_>, errors: &mut Diagnostics) {
    for (segment, argument) in route.bound().filter(|(segment, _)| segment.is_catch_all()) {
        let Some(argument) = argument else { continue };
        let list = match segment {
            Segment::OptionalCatchAll(_) => "`Option<Vec<String>>`",
            _ => "`Vec<String>`",
        };
        if ONE.contains(&last_word(in_option(&argument.ty)).as_str()) {
            let message = format!("`{segment}` takes several segments: write {list} or `Segments<'_>`");
            errors.under(&argument.ty, message);
        }
    }
}

/// `[[...path]]` may be no segment at all, which a `Vec` would not tell from `[...path]`.
fn an_optional_catch_all_may_be_absent(route: &Route<'_>, errors: &mut Diagnostics) {
    for (segment, argument) in route.bound() {
        let Some(argument) = argument else { continue };
        let word = last_word(&argument.ty);
        match segment {
            Segment::OptionalCatchAll(_) if word == "Vec" => {
                errors.under(&argument.ty, format!("`{segment}` may be absent: write `Option<Vec<String>>`"));
            }
            Segment::CatchAll(name) if word == "Option" => errors.under(
                &argument.ty,
                format!("`{segment}` takes at least one segment: write `Vec<String>`, or `[[...{name}]]` in the path"),
            ),
            _ => {}
        }
    }
}

/// The text of a segment is a new one where escapes have been resolved, and nobody keeps it to be borrowed.
fn a_text_of_a_catch_all_is_owned(route: &Route<'_>, errors: &mut Diagnostics) {
    for (segment, argument) in route.bound().filter(|(segment, _)| segment.is_catch_all()) {
        let list = argument.map(|argument| in_option(&argument.ty)).filter(|list| last_word(list) == "Vec");
        let Some(text @ Type::Reference(_)) = list.and_then(|list| type_arguments(list).next()) else { continue };
        let message = format!(
            "a text of `{segment}` cannot be borrowed, because its escapes are resolved: \
             write `String` or `Cow<'_, str>`"
        );
        errors.under(text, message);
    }
}

/// A segment is borrowed from the request, which does not live for `'static`.
fn a_segment_lives_as_long_as_its_request(route: &Route<'_>, errors: &mut Diagnostics) {
    for (segment, argument) in route.bound() {
        let Some(Type::Reference(reference)) = argument.map(|argument| &argument.ty) else { continue };
        if let Some(lifetime) = reference.lifetime.as_ref().filter(|lifetime| lifetime.ident == "static") {
            errors.at(lifetime.span(), format!("`{segment}` is borrowed from the request: remove `'static`"));
        }
    }
}

/// A reference that is returned would point into the request, which is gone by then.
fn an_answer_outlives_its_request(route: &Route<'_>, errors: &mut Diagnostics) {
    let ReturnType::Type(_, ty) = &route.handler.signature.output else { return };
    for text in borrowed_texts(ty) {
        errors.under(text, "an answer outlives its request: return what owns its text, such as `String`");
    }
}

/// `&str` and `Cow<'_, str>` where they are sent as they are. `Json<&str>` is written before its text is gone.
fn borrowed_texts(ty: &Type) -> Vec<&Type> {
    let inside: Vec<&Type> = match ty {
        Type::Reference(reference) if reference.lifetime.as_ref().is_none_or(|lifetime| lifetime.ident != "static") => {
            return vec![ty];
        }
        Type::Tuple(tuple) => tuple.elems.iter().collect(),
        Type::Path(_) => match last_word(ty).as_str() {
            "Cow" if lifetimes::borrows(ty) => return vec![ty],
            "Result" | "Option" | "Html" => type_arguments(ty).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    inside.into_iter().flat_map(borrowed_texts).collect()
}

/// A function that returns a future is written as an `async fn`.
fn what_waits_is_async(route: &Route<'_>, errors: &mut Diagnostics) {
    let ReturnType::Type(_, ty) = &route.handler.signature.output else { return };
    let Type::ImplTrait(implemented) = &**ty else { return };
    let future = implemented.bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|last| last.ident == "Future"),
        _ => false,
    });
    if future {
        errors.under(ty, "a route that waits is an `async fn`: write what the future gives as the return type");
    }
}

/// Types that are certainly one segment, whoever imports what.
const ONE: [&str; 20] = [
    "String", "str", "Cow", "char", "bool", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64",
    "i128", "isize", "f32", "f64", "Uuid",
];

/// The last word of a type's path, behind references: `str` of `&str`, `Vec` of `std::vec::Vec<String>`.
fn last_word(ty: &Type) -> String {
    match ty {
        Type::Reference(reference) => last_word(&reference.elem),
        Type::Paren(inner) => last_word(&inner.elem),
        Type::Group(inner) => last_word(&inner.elem),
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The `T` of an `Option<T>`, else the type itself.
fn in_option(ty: &Type) -> &Type {
    if last_word(ty) == "Option" { type_arguments(ty).next().unwrap_or(ty) } else { ty }
}

/// The types between the angle brackets of a type's last word.
fn type_arguments(ty: &Type) -> impl Iterator<Item = &Type> {
    let last = match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    let arguments = last.and_then(|last| match &last.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    });
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn usual_type(segment: &Segment) -> &'static str {
    match segment {
        Segment::CatchAll(_) => "Vec<String>",
        Segment::OptionalCatchAll(_) => "Option<Vec<String>>",
        _ => "String",
    }
}
