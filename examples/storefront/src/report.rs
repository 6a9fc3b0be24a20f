//! `/api/report`: what the shop has on its shelves, as a file to keep.

use core::fmt::Write;

use rutter::prelude::*;

use crate::db::{Category, Db};

/// Each category with the number of its products and their prices.
#[route(GET, "/api/report", revalidate = 60, tags("products"))]
async fn report(db: State<Db>) -> Result<Attachment, Problem> {
    let categories = db.categories().await?;
    Ok(Attachment::new("report.txt", render(&categories)?).content_type("text/plain; charset=utf-8"))
}

fn render(categories: &[Category]) -> Result<String, core::fmt::Error> {
    let width = categories.iter().map(|category| category.name.chars().count()).max().unwrap_or_default().max(8);
    let mut text =
        format!("{:width$}  {:>8}  {:>11}  {:>11}  {:>11}\n", "category", "products", "cheapest", "average", "dearest");
    for Category { name, products, cheapest, average, dearest } in categories {
        writeln!(text, "{name:width$}  {products:>8}  {cheapest:>11}  {average:>11}  {dearest:>11}")?;
    }
    let total: i64 = categories.iter().map(|category| category.products).sum();
    writeln!(text, "{:width$}  {total:>8}", "total")?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::Price;

    #[test]
    fn columns_are_as_wide_as_their_longest_name() -> core::fmt::Result {
        let category = |name: &str, products, prices: [i64; 3]| {
            let [cheapest, average, dearest] = prices.map(Price::of);
            Category { name: name.to_owned(), products, cheapest, average, dearest }
        };
        let text = render(&[category("navigation", 3, [5, 2_400, 1_000_000_000]), category("été", 12, [0, 50, 99])])?;
        assert_eq!(
            text,
            "category    products     cheapest      average      dearest\n\
             navigation         3         0.05        24.00  10000000.00\n\
             été               12         0.00         0.50         0.99\n\
             total             15\n"
        );
        Ok(())
    }
}
