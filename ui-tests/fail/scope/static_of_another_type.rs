static API: &str = "https://app.example.com";

rutter::scope! { cors: API }

fn main() {}
