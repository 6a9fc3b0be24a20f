//! Pairs as serde reads them: a struct or a map whose values are texts, numbers or lists.
//!
//! The crates that do this build a map of every pair first, which costs a request with a query an
//! eighth more instructions than the same service without a framework (measured by `bench`). This
//! one keeps the pairs as slices of the text, each linked to the next of its name.

use std::collections::HashSet;

use serde::{
    de::{
        self, DeserializeSeed, MapAccess, SeqAccess, Visitor,
        value::{Error, MapDeserializer},
    },
    forward_to_deserialize_any,
};

use super::{
    pairs::{Pair, linked},
    text::Text,
};

/// Reads all the pairs as one value.
pub(super) struct Reader<'de> {
    pairs: Vec<Pair<'de>>,
    /// The first pairs of the names that were read with all their values.
    lists: HashSet<usize>,
    next: usize,
}

impl<'de> Reader<'de> {
    pub(super) fn new(text: &'de str) -> Self {
        Reader { pairs: linked(text), lists: HashSet::new(), next: 0 }
    }
}

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    /// `Vec<(String, String)>`: every pair in its order.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let pairs = self.pairs.iter().map(|pair| (Text(pair.name.text()), Text(pair.value.text())));
        MapDeserializer::new(pairs).deserialize_seq(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf tuple tuple_struct map
        struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Reader<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        while let Some(pair) = self.pairs.get(self.next) {
            if pair.head == self.next {
                return seed.deserialize(Text(pair.name.text())).map(Some);
            }
            if !self.lists.contains(&pair.head) {
                return Err(de::Error::custom(format_args!("duplicate field `{}`", pair.name.text())));
            }
            self.next += 1;
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let place = self.next;
        self.next += 1;
        let pair = self.pairs.get(place).ok_or_else(|| de::Error::custom("a value is read after its name"))?;
        seed.deserialize(Value { pairs: &self.pairs, place, pair, lists: &mut self.lists })
    }
}

/// The value of a name: its first pair, and where further ones stand.
struct Value<'a, 'de> {
    pairs: &'a [Pair<'de>],
    place: usize,
    pair: &'a Pair<'de>,
    lists: &'a mut HashSet<usize>,
}

impl<'de> Value<'_, 'de> {
    fn is_repeated(&self) -> bool {
        self.pair.next.is_some()
    }

    /// The first value, as what it spells.
    fn text(&self) -> Text<'de> {
        Text(self.pair.value.text())
    }
}

macro_rules! single {
    ($($deserialize:ident)*) => {
        $(fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.text().$deserialize(visitor)
        })*
    };
}

impl<'de> de::Deserializer<'de> for Value<'_, 'de> {
    type Error = Error;

    /// Where the type does not say what it wants, a name that stands there twice is a list.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_repeated() {
            return self.deserialize_seq(visitor);
        }
        self.text().deserialize_any(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_repeated() {
            self.lists.insert(self.place);
        }
        visitor.visit_seq(Values { pairs: self.pairs, next: Some(self.place) })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    /// An empty field of a form has no value.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.pair.value.is_empty() && !self.is_repeated() {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.text().deserialize_enum(name, variants, visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.text().deserialize_unit_struct(name, visitor)
    }

    /// What nobody reads may stand there as often as it likes.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_repeated() {
            self.lists.insert(self.place);
        }
        visitor.visit_unit()
    }

    single! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_identifier
    }

    forward_to_deserialize_any! { map struct }
}

/// The values of one name.
struct Values<'a, 'de> {
    pairs: &'a [Pair<'de>],
    next: Option<usize>,
}

impl<'de> SeqAccess<'de> for Values<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(pair) = self.next.and_then(|place| self.pairs.get(place)) else { return Ok(None) };
        self.next = pair.next;
        seed.deserialize(Text(pair.value.text())).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, String> {
        T::deserialize(Reader::new(text)).map_err(|error| error.to_string())
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Field<T> {
        a: T,
    }

    fn field<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, String> {
        read::<Field<T>>(text).map(|field| field.a)
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Order {
        Up,
        Down,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Cents(u32);

    #[test]
    fn a_value_is_read_as_its_type() {
        assert_eq!(field::<String>("a=x+y"), Ok("x y".to_owned()));
        assert_eq!(field::<&str>("a=x"), Ok("x"));
        assert_eq!(field::<u8>("a=255"), Ok(255));
        assert_eq!(field::<i128>("a=-1"), Ok(-1));
        assert_eq!(field::<f64>("a=1.5"), Ok(1.5));
        assert_eq!(field::<bool>("a=true"), Ok(true));
        assert_eq!(field::<char>("a=%C3%A9"), Ok('é'));
        assert_eq!(field::<Order>("a=down"), Ok(Order::Down));
        assert_eq!(field::<Cents>("a=7"), Ok(Cents(7)));
        assert_eq!(field::<()>("a="), Ok(()));
    }

    #[test]
    fn a_name_that_stands_there_again_is_a_list() {
        assert_eq!(field::<Vec<u8>>("a=1&b=0&a=2&%61=3"), Ok(vec![1, 2, 3]));
        assert_eq!(field::<Vec<Order>>("a=up"), Ok(vec![Order::Up]));
        assert_eq!(field::<(u8, u8)>("a=1&a=2"), Ok((1, 2)));
        assert_eq!(field::<Option<Vec<u8>>>("a=1&a=2"), Ok(Some(vec![1, 2])));
        assert_eq!(field::<u8>("a=1&a=2"), Err("duplicate field `a`".to_owned()));
        assert_eq!(read::<Field<u8>>("x=1&a=1&x=2"), Ok(Field { a: 1 }));
    }

    #[test]
    fn an_empty_value_is_no_value() {
        assert_eq!(field::<Option<u8>>("a="), Ok(None));
        assert_eq!(field::<Option<u8>>("a=1"), Ok(Some(1)));
        assert_eq!(field::<Option<u8>>(""), Ok(None));
        assert_eq!(field::<String>("a"), Ok(String::new()));
        assert_eq!(field::<Vec<Option<u8>>>("a=&a=1"), Ok(vec![None, Some(1)]));
    }

    #[test]
    fn pairs_are_read_as_a_map_a_list_or_nothing() {
        let map = BTreeMap::from([("a".to_owned(), vec![1_u8, 3]), ("b".to_owned(), vec![2])]);
        assert_eq!(read("a=1&b=2&a=3"), Ok(map));
        let list = vec![("a".to_owned(), "1".to_owned()), ("a".to_owned(), "2".to_owned())];
        assert_eq!(read("a=1&a=2"), Ok(list));
        assert_eq!(read("x=1"), Ok(()));
        assert_eq!(read::<Option<Field<u8>>>("a=1"), Ok(Some(Field { a: 1 })));
    }

    #[test]
    fn a_struct_within_a_struct_is_read_where_it_is_flattened() {
        #[derive(Debug, Deserialize, PartialEq)]
        struct Outer {
            #[serde(flatten)]
            inner: Field<String>,
            b: u8,
        }
        assert_eq!(read("a=x&b=2"), Ok(Outer { inner: Field { a: "x".to_owned() }, b: 2 }));
        assert!(field::<Field<u8>>("a=1").is_err());
    }
}
