//! `/api/upload`: a file comes in, its fingerprint goes out.

use rutter::{Part, Place, prelude::*};
use serde::Serialize;
use sha2::{Digest, Sha256};

#[derive(Serialize)]
struct Upload {
    name: String,
    content_type: String,
    size: u64,
    sha256: String,
}

/// Takes the form's field `file`, which is hashed as it arrives and never held as a whole.
// The body is more than the file: the form's boundaries and headers need their room as well.
#[route(POST, "/api/upload", body_limit = 11mb)]
async fn upload(mut form: Multipart) -> Result<Created<Json<Upload>>, Problem> {
    let mut upload = None;
    while let Some(part) = form.next_part().await? {
        if part.name() == Some("file") && upload.is_none() {
            upload = Some(receive(part).await?);
        }
    }
    let upload = upload.ok_or_else(|| no_file("is required"))?;
    Ok(Created::new(Json(upload)))
}

async fn receive(mut part: Part<'_>) -> Result<Upload, Problem> {
    let name = part.file_name().ok_or_else(|| no_file("expected a file, found a text"))?.to_owned();
    let content_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
    let mut size = 0;
    let mut hash = Sha256::new();
    while let Some(chunk) = part.chunk().await? {
        size += chunk.len() as u64;
        if size > LARGEST {
            return Err(Problem::new(413).detail("a file may have at most 10 MiB"));
        }
        hash.update(&chunk);
    }
    let hash = Bytes::copy_from_slice(&hash.finalize());
    Ok(Upload { name, content_type, size, sha256: format!("{hash:x}") })
}

fn no_file(detail: &'static str) -> Problem {
    Problem::unprocessable("the form has no file").error(Place::Body, "file", detail)
}

const LARGEST: u64 = 10 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use rutter::testing::TestResponse;
    use serde_json::{Value, json};

    use crate::testing::Shop;

    async fn send(head: &str, content: &[u8]) -> TestResponse {
        let body =
            [b"--sea\r\ncontent-disposition: form-data; ", head.as_bytes(), b"\r\n\r\n", content, b"\r\n--sea--\r\n"];
        let shop = Shop::open().await;
        let request = shop.post("/api/upload").header("content-type", "multipart/form-data; boundary=sea");
        request.body(body.concat()).send().await
    }

    #[tokio::test]
    async fn a_file_is_hashed() {
        let answer = send("name=\"file\"; filename=\"abc.txt\"\r\ncontent-type: text/plain", b"abc").await;
        assert_eq!(answer.status(), 201);
        assert_eq!(
            answer.json::<Value>(),
            json!({
                "name": "abc.txt",
                "content_type": "text/plain",
                "size": 3,
                "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            }),
        );
    }

    #[tokio::test]
    async fn ten_mebibytes_are_taken_and_one_byte_more_is_not() {
        let head = "name=\"file\"; filename=\"big\"";
        let most = vec![0; 10 * 1024 * 1024];
        let answer = send(head, &most).await;
        assert_eq!((answer.status().as_u16(), &answer.json::<Value>()["size"]), (201, &json!(10_485_760)));
        assert_eq!(send(head, &[most, vec![0]].concat()).await.status(), 413);
        assert_eq!(send(head, &vec![0; 12 * 1024 * 1024]).await.status(), 413);
    }

    #[tokio::test]
    async fn a_form_without_a_file_names_the_field() {
        for (head, detail) in
            [("name=\"photo\"; filename=\"a\"", "is required"), ("name=\"file\"", "expected a file, found a text")]
        {
            let answer = send(head, b"abc").await;
            assert_eq!(answer.status(), 422);
            let errors = json!([{ "in": "body", "name": "file", "detail": detail }]);
            assert_eq!(answer.json::<Value>()["errors"], errors);
        }
    }
}
