//! A route as it was read: the attribute and the function, with each argument's source.

use proc_macro2::Ident;
use rutter_pattern::Segment;
use syn::{FnArg, Lifetime, Type, ext::IdentExt};

use crate::{
    diagnostics::Diagnostics,
    extractor::{Extractor, Kind},
    lifetimes,
    pattern::Path,
    route::{answer::Answer, attribute::Attribute, check, signature, signature::Handler},
};

/// An attribute and a function that belong together.
pub(crate) struct Route<'a> {
    pub(crate) attribute: &'a Attribute,
    pub(crate) path: &'a Path,
    pub(crate) handler: &'a Handler,
    /// In the order of the function.
    pub(crate) arguments: Vec<Argument>,
}

/// An argument of the handler.
pub(crate) struct Argument {
    /// None where the argument is taken apart: `Json(new): Json<NewProduct>`.
    pub(crate) name: Option<Ident>,
    /// The type, without the names of the function's own lifetimes.
    pub(crate) ty: Type,
    pub(crate) source: Source,
}

/// Where the value of an argument comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    /// The segment of its name: a place among the dynamic ones.
    Segment(usize),
    /// It borrows from the head.
    Head,
    /// It is made from the request.
    Request,
}

impl<'a> Route<'a> {
    /// Binds the arguments to the segments of their names, and checks the rules that both keep. Nothing is bound
    /// where the path or the function could not be read.
    pub(crate) fn bind(
        attribute: &'a Attribute,
        handler: Option<&'a Handler>,
        errors: &mut Diagnostics,
    ) -> Option<Route<'a>> {
        let (path, handler) = attribute.path.as_ref().zip(handler)?;
        let lifetimes: Vec<Lifetime> =
            handler.signature.generics.lifetimes().map(|parameter| parameter.lifetime.clone()).collect();
        let arguments = handler.signature.inputs.iter().filter_map(|argument| {
            let FnArg::Typed(typed) = argument else { return None };
            let name = signature::name(argument).cloned();
            let source = source(name.as_ref(), &typed.ty, path);
            Some(Argument { name, ty: lifetimes::elided(&typed.ty, &lifetimes), source })
        });
        let route = Route { attribute, path, handler, arguments: arguments.collect() };
        check::all(&route, errors);
        Some(route)
    }

    /// The arguments that are no segments.
    pub(crate) fn extractors(&self) -> Vec<Extractor<'_>> {
        (0..self.arguments.len()).filter_map(|place| self.extractor(place)).collect()
    }

    /// How the argument with this place is made from the request; none for a segment.
    pub(crate) fn extractor(&self, place: usize) -> Option<Extractor<'_>> {
        let argument = &self.arguments[place];
        match argument.source {
            Source::Segment(_) => None,
            Source::Head => Some(Extractor { ty: &argument.ty, kind: Kind::Borrowed }),
            Source::Request => Some(Extractor::owned(&argument.ty, place)),
        }
    }

    /// The type that is returned; none where nothing is, or where it has no name outside of the function.
    pub(crate) fn answer(&self) -> Option<Answer> {
        Answer::of(&self.handler.signature)
    }

    /// The dynamic segments with the arguments bound to them.
    pub(crate) fn bound(&self) -> impl Iterator<Item = (&Segment, Option<&Argument>)> {
        self.path.pattern.params().enumerate().map(|(place, segment)| {
            let argument = self.arguments.iter().find(|argument| argument.source == Source::Segment(place));
            (segment, argument)
        })
    }

    /// The dynamic segment at a place.
    pub(crate) fn segment(&self, place: usize) -> &Segment {
        self.path.pattern.params().nth(place).expect("arguments are bound to segments that exist")
    }
}

fn source(name: Option<&Ident>, ty: &Type, path: &Path) -> Source {
    let place = path
        .pattern
        .params()
        .position(|segment| segment.name().zip(name).is_some_and(|(segment, argument)| argument.unraw() == segment));
    match place {
        Some(place) => Source::Segment(place),
        None if lifetimes::borrows(ty) => Source::Head,
        None => Source::Request,
    }
}
