//! XML in requests and responses.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::xml::{Node, Reading, from_xml, to_xml};
use super::{DecodeError, Error, Parts, RawResponse, Response, UnexpectedContentType};

impl Parts {
    /// Sets the body to XML.
    pub fn xml(&mut self, content_type: &str, root: &Node, value: impl Serialize) {
        match to_xml(root, &value) {
            Ok(text) => self.bytes(content_type, text),
            Err(error) => self.refuse("body", format!("cannot be written as XML: {error}")),
        }
    }
}

impl RawResponse {
    /// Whether the body is XML: `application/xml`, `text/xml` or anything with the suffix `+xml`.
    pub fn is_xml(&self) -> bool {
        self.media_type().is_some_and(|essence| {
            let essence = essence.to_ascii_lowercase();
            matches!(&*essence, "application/xml" | "text/xml") || essence.ends_with("+xml")
        })
    }

    fn xml_value<T: DeserializeOwned>(&self, root: &'static Node) -> Result<T, Error> {
        #[cfg(feature = "mock")]
        super::mock::tell(Box::new(|value| to_xml(root, value).ok()));
        if self.media_type().is_some() && !self.is_xml() {
            return Err(UnexpectedContentType::new(self.clone())
                .expecting("XML was")
                .into());
        }
        if self.body().is_empty() {
            return Err(DecodeError::new(self.clone(), "", "the body is empty").into());
        }
        from_xml(root, self.body(), Reading::Open).map_err(|error| {
            DecodeError::new(self.clone(), error.pointer(), error.message()).into()
        })
    }

    /// A success whose body is XML.
    pub fn xml<T: DeserializeOwned, E>(self, root: &'static Node) -> Result<Response<T>, Error<E>> {
        self.xml_as(root, |value| value)
    }

    /// A success whose body is XML, as a variant.
    pub fn xml_as<T: DeserializeOwned, S, E>(
        self,
        root: &'static Node,
        success: fn(T) -> S,
    ) -> Result<Response<S>, Error<E>> {
        match self.xml_value(root) {
            Ok(value) => Ok(Response::new(self, success(value))),
            Err(error) => Err(error.widen()),
        }
    }

    /// A documented error whose body is XML.
    pub fn xml_error<T: DeserializeOwned, S, E>(
        self,
        root: &'static Node,
        error: fn(Response<T>) -> E,
    ) -> Result<S, Error<E>> {
        match self.xml_value(root) {
            Ok(value) => Err(Error::Api(error(Response::new(self, value)))),
            Err(failure) => Err(failure.widen()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use bytes::Bytes;
    use http::StatusCode;
    use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
    use serde_json::{Value, json};

    use super::super::super::xml::{Content, element};
    use super::super::error::api_error;
    use super::super::mock::MockTransport;
    use super::super::{Api, ClientBuilder, Operation, OperationInfo, ReadResult, Request};
    use super::*;

    static API: Api = Api {
        user_agent: "pets/1.0",
        server: Some("http://pets.example"),
        schemes: &[],
    };

    static INFO: OperationInfo = OperationInfo::new("getPet").get("/pet");
    static CONTENT: Content = Content::Object(&[("id", element("id", &Content::Number))]);
    static PET: Node = element("pet", &CONTENT);

    fn response(media_type: &'static str, body: &'static str) -> RawResponse {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        RawResponse::new(
            &INFO,
            StatusCode::OK,
            headers,
            Bytes::from_static(body.as_bytes()),
        )
    }

    fn read(media_type: &'static str, body: &'static str) -> Result<Value, Error> {
        let read: Result<Response<Value>, Error> = response(media_type, body).xml(&PET);
        read.map(Response::into_value)
    }

    #[test]
    fn xml_of_any_media_type_is_read() {
        for media_type in [
            "application/xml; charset=utf-8",
            "TEXT/XML",
            "application/vnd.pet+xml",
        ] {
            assert_eq!(
                read(media_type, "<pet><id>1</id></pet>").unwrap(),
                json!({ "id": 1 })
            );
        }
    }

    #[test]
    fn what_is_not_understood_keeps_the_response() {
        match read("application/xml", "<dog/>") {
            Err(Error::Decode(error)) => {
                assert_eq!(
                    error.message(),
                    "expected the root element `pet`, found `dog`"
                );
                assert_eq!(error.response().body().as_ref(), b"<dog/>");
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(read("application/xml", ""), Err(Error::Decode(_))));
        let json = read("application/json", "{}");
        assert!(matches!(json, Err(Error::UnexpectedContentType(_))));
    }

    /// `GET /pet`: XML, also where there is none.
    struct GetPet;

    impl Operation for GetPet {
        type Success = Value;
        type Error = GetPetError;

        const INFO: &'static OperationInfo = &OperationInfo::new("getPet")
            .get("/pet")
            .accept("text/xml, application/xml;q=0.9");

        fn read(response: RawResponse) -> ReadResult<Self> {
            match response.status().as_u16() {
                203 if response.is("application/xml") => response.xml(&PET),
                404 => response.xml_error(&PET, GetPetError::NotFound),
                _ => response.undocumented(),
            }
        }
    }

    #[derive(Debug)]
    enum GetPetError {
        NotFound(Response<Value>),
    }
    api_error!(GetPetError { NotFound });

    #[tokio::test]
    async fn stubs_reply_with_xml() {
        let mock = MockTransport::new();
        let pet = json!({ "id": 1 });
        mock.on::<GetPet>()
            .respond_ok(&pet)
            .then()
            .respond(404, &pet);
        let client = ClientBuilder::new(&API).transport(mock).build().unwrap();
        let response: Response<Value> = Request::<GetPet>::new(&client).send().await.unwrap();
        assert_eq!(*response, pet);
        assert_eq!(response.header("content-type"), Some("application/xml"));
        assert!(response.raw().body().ends_with(b"\n<pet><id>1</id></pet>"));
        match Request::<GetPet>::new(&client).await {
            Err(Error::Api(GetPetError::NotFound(error))) => assert_eq!(*error, pet),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_xml_cannot_hold_is_not_sent() {
        let mut parts = Parts::default();
        parts.xml("application/xml", &PET, json!({ "id": "\u{1}" }));
        let refused = parts.invalid().unwrap().to_string();
        assert!(refused.contains("U+0001 cannot stand in XML"), "{refused}");
    }
}
