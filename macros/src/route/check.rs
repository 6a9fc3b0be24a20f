//! The rules of a route that the attribute and the function keep together, one function each.

use quote::ToTokens;
use rutter_pattern::Segment;
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

use crate::{
    diagnostics::Diagnostics,
    lifetimes,
    route::model::{Argument, Route, Source},
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
    let arguments: Vec<&Argument> =
        route.arguments.iter().filter(|argument| !matches!(argument.source, Source::Segment(_))).collect();
    let unbound: Vec<&Segment> =
        route.bound().filter(|(_, argument)| argument.is_none()).map(|(segment, _)| segment).collect();
    for segment in &unbound {
        let name = segment.name().unwrap_or_default();
        let help = nearly_bound(name, &arguments)
            .or_else(|| meant_for(name, &arguments).filter(|_| matches!(unbound[..], [Segment::Param(_)])))
            .unwrap_or_else(|| format!("add `{name}: {}`", usual_type(segment)));
        let message = format!("`{segment}` is not bound to an argument: {help}");
        errors.at(route.path.span(), route.path.draw(&message, segment));
    }
}

/// What to do with an argument of nearly the segment's name.
fn nearly_bound(name: &str, arguments: &[&Argument]) -> Option<String> {
    let names: Vec<String> =
        arguments.iter().filter_map(|argument| argument.name.as_ref()).map(ToString::to_string).collect();
    if let Some(unused) = names.iter().find(|argument| argument.trim_start_matches('_') == name) {
        return Some(format!("`{unused}` does not bind it, so rename `{unused}` to `{name}`"));
    }
    let near = suggest::closest(name, names.iter().map(String::as_str))?;
    Some(format!("argument `{near}` is close to `[{name}]`, so rename one of them"))
}

/// What to do with the one argument that can only be meant for the one segment left: axum's `Path<u64>`, or a `u64`.
fn meant_for(name: &str, arguments: &[&Argument]) -> Option<String> {
    let inside = |argument: &&Argument| match type_arguments(&argument.ty).next()? {
        ty @ Type::Path(_) if last_word(&argument.ty) == "Path" => Some(ty.to_token_stream().to_string()),
        _ => None,
    };
    if let [ty] = &arguments.iter().filter_map(inside).collect::<Vec<_>>()[..] {
        return Some(format!("a segment needs no `Path`, so write `{name}: {}`", ty.replace(' ', "")));
    }
    // A `String` may well be the body.
    let is_plain = |ty: &Type| matches!(last_word(ty).as_str(), word if word != "String" && ONE.contains(&word));
    match arguments.iter().filter(|argument| is_plain(&argument.ty)).collect::<Vec<_>>()[..] {
        [Argument { name: Some(argument), .. }] => Some(format!("rename `{argument}` to `{name}`")),
        _ => None,
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
