//! The service: each operation gives back what it got.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Multipart,
    http::{HeaderName, HeaderValue, header::COOKIE},
};

use crate::server::{
    Context, EchoApi, FilePart, Problem,
    api::echo::{
        AccountResponse, AtResponse, BinaryResponse, ContentParameters, ContentResponse, FileResponse, FormResponse,
        FormatsContent, FormatsResponse, HeadersParameters, HeadersResponse, LabelResponse, LimitedParameters,
        LimitedResponse, MatrixResponse, MembersParameters, MembersResponse, MixedResponse, MoveFileResponse,
        NoteResponse, OptionalFormatsContent, OptionalFormatsResponse, OptionalResponse, QueryParameters,
        QueryResponse, ReservedParameters, ReservedResponse, SimpleResponse, TableColorParameters, TableColorResponse,
        TableCookiesParameters, TableCookiesResponse, TableListParameters, TableListResponse, TableTextParameters,
        TableTextResponse, TextResponse, ToldResponse, UploadForm, UploadResponse, ValuesResponse, WholeFormParameters,
        WholeFormResponse, WholeJsonParameters, WholeJsonResponse, WholeTextParameters, WholeTextResponse,
    },
    headers,
    types::{Account, AccountRequest, Color, Echo, Form, Limited, Note, ToldXKindHeader, Values, Words},
};

/// Gives back what it gets.
pub(crate) struct Mirror;

impl EchoApi for Mirror {
    type Error = Problem;

    async fn simple(
        &self,
        _cx: Context,
        text: String,
        number: f64,
        list: Words,
        object: Color,
        exploded: Color,
    ) -> Result<SimpleResponse, Problem> {
        let echo = Echo {
            texts: Some(vec![text]),
            numbers: Some(vec![number]),
            lists: Some(vec![list]),
            colors: Some(vec![object, exploded]),
            ..Echo::default()
        };
        Ok(SimpleResponse::Ok(echo))
    }

    async fn label(
        &self,
        _cx: Context,
        text: String,
        list: Words,
        exploded_list: Words,
        object: Color,
        exploded: Color,
    ) -> Result<LabelResponse, Problem> {
        let echo = Echo {
            texts: Some(vec![text]),
            lists: Some(vec![list, exploded_list]),
            colors: Some(vec![object, exploded]),
            ..Echo::default()
        };
        Ok(LabelResponse::Ok(echo))
    }

    async fn matrix(
        &self,
        _cx: Context,
        text: String,
        list: Words,
        exploded_list: Words,
        object: Color,
        exploded: Color,
    ) -> Result<MatrixResponse, Problem> {
        let echo = Echo {
            texts: Some(vec![text]),
            lists: Some(vec![list, exploded_list]),
            colors: Some(vec![object, exploded]),
            ..Echo::default()
        };
        Ok(MatrixResponse::Ok(echo))
    }

    async fn query(&self, _cx: Context, parameters: QueryParameters) -> Result<QueryResponse, Problem> {
        let some = |lists: [Option<Words>; 4]| lists.into_iter().flatten().collect();
        let lists = [parameters.list, parameters.joined, parameters.spaced, parameters.piped];
        let echo = Echo {
            texts: Some([parameters.text, parameters.reserved].into_iter().flatten().collect()),
            numbers: parameters.number.map(|number| vec![number]),
            flags: parameters.flag.map(|flag| vec![flag]),
            lists: Some(some(lists)),
            colors: Some(
                [parameters.object, parameters.deep, parameters.json]
                    .into_iter()
                    .flatten()
                    .collect(),
            ),
        };
        Ok(QueryResponse::Ok(echo))
    }

    async fn members(&self, _cx: Context, parameters: MembersParameters) -> Result<MembersResponse, Problem> {
        let echo = Echo {
            colors: parameters.color.map(|color| vec![color]),
            ..Echo::default()
        };
        Ok(MembersResponse::Ok(echo))
    }

    async fn headers(&self, _cx: Context, parameters: HeadersParameters) -> Result<HeadersResponse, Problem> {
        let echo = Echo {
            texts: Some([parameters.x_text, parameters.word].into_iter().flatten().collect()),
            numbers: parameters.number.map(|number| vec![number]),
            flags: Some(vec![parameters.x_flag]),
            lists: parameters.x_list.map(|list| vec![list]),
            colors: Some(
                [parameters.x_object, parameters.x_exploded]
                    .into_iter()
                    .flatten()
                    .collect(),
            ),
        };
        Ok(HeadersResponse::Ok(echo))
    }

    async fn values(&self, _cx: Context, body: Values) -> Result<ValuesResponse, Problem> {
        Ok(ValuesResponse::Ok(body))
    }

    async fn note(&self, _cx: Context, body: Note) -> Result<NoteResponse, Problem> {
        Ok(NoteResponse::OkXml(body))
    }

    async fn limited(
        &self,
        _cx: Context,
        _parameters: LimitedParameters,
        body: Limited,
    ) -> Result<LimitedResponse, Problem> {
        Ok(LimitedResponse::Ok(body))
    }

    async fn form(&self, _cx: Context, body: Form) -> Result<FormResponse, Problem> {
        Ok(FormResponse::Ok(body))
    }

    async fn account(&self, _cx: Context, body: AccountRequest) -> Result<AccountResponse, Problem> {
        Ok(AccountResponse::Ok(made(body, 1)))
    }

    async fn text(&self, _cx: Context, body: String) -> Result<TextResponse, Problem> {
        Ok(TextResponse::OkText(body))
    }

    async fn formats(&self, cx: Context, body: FormatsContent) -> Result<FormatsResponse, Problem> {
        let content_type = cx.headers().get("content-type").and_then(|value| value.to_str().ok());
        let mut echo = texts(&[content_type.unwrap_or_default()]);
        let mut found = |text: String| echo.texts.get_or_insert_default().push(text);
        match body {
            FormatsContent::Json(limited) => found(limited.name),
            FormatsContent::Form(form) => found(form.text),
            FormatsContent::Lines(mut colors) => {
                while let Some(color) = colors.next().await {
                    echo.colors.get_or_insert_default().push(color?);
                }
            }
            FormatsContent::Csv(text) => found(text),
            FormatsContent::Bytes(body) => {
                let bytes: Bytes = to_bytes(body, usize::MAX).await?;
                found(format!("{bytes:?}"));
            }
        }
        Ok(FormatsResponse::Ok(echo))
    }

    async fn optional_formats(
        &self,
        _cx: Context,
        body: Option<OptionalFormatsContent>,
    ) -> Result<OptionalFormatsResponse, Problem> {
        Ok(OptionalFormatsResponse::Ok(match body {
            None => Echo::default(),
            Some(OptionalFormatsContent::Json(color)) => mixed([Some(color)], []),
            Some(OptionalFormatsContent::Text(text)) => mixed([], [Some(text)]),
        }))
    }

    async fn mixed(&self, _cx: Context, body: Multipart) -> Result<MixedResponse, Problem> {
        Ok(MixedResponse::Ok(told(body).await?))
    }

    async fn upload(&self, _cx: Context, body: UploadForm) -> Result<UploadResponse, Problem> {
        Ok(UploadResponse::Ok(told_form(body).await?))
    }

    async fn binary(&self, cx: Context, body: Body) -> Result<BinaryResponse, Problem> {
        let body = to_bytes(body, usize::MAX).await?;
        let header = |name: &str| {
            let value = cx.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or("-").to_owned()
        };
        let length = body.len().to_string();
        let found = [
            header("content-type"),
            header("content-length"),
            header("transfer-encoding"),
            length,
        ];
        Ok(BinaryResponse::Ok(texts(&found.each_ref().map(String::as_str))))
    }

    async fn optional(&self, _cx: Context, body: Option<Color>) -> Result<OptionalResponse, Problem> {
        Ok(body.map_or(OptionalResponse::NoContent, OptionalResponse::Ok))
    }

    async fn told(&self, cx: Context) -> Result<ToldResponse, Problem> {
        cx.set_header(headers::X_COUNT, 12)?;
        cx.set_header(headers::X_LIST, ["a", "b"].map(str::to_owned).to_vec())?;
        let color = Color {
            r: Some(1),
            g: Some(2),
            b: Some(3),
        };
        for header in [headers::X_COLOR, headers::X_EXPLODED, headers::X_JSON] {
            cx.set_header(header, &color)?;
        }
        cx.set_header(
            headers::X_DAY,
            chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap_or_default(),
        )?;
        cx.set_header(headers::X_KIND, ToldXKindHeader::B)?;
        Ok(ToldResponse::NoContent)
    }

    async fn file(&self, _cx: Context, id: String) -> Result<FileResponse, Problem> {
        Ok(FileResponse::Ok(texts(&["file", &id])))
    }

    async fn move_file(&self, _cx: Context, id: String) -> Result<MoveFileResponse, Problem> {
        Ok(MoveFileResponse::Ok(texts(&["move", &id])))
    }

    async fn at(&self, _cx: Context, lat: f64, lon: f64) -> Result<AtResponse, Problem> {
        let echo = Echo {
            numbers: Some(vec![lat, lon]),
            ..Echo::default()
        };
        Ok(AtResponse::Ok(echo))
    }

    async fn table_text(
        &self,
        cx: Context,
        simple: String,
        simple_exploded: String,
        label: String,
        label_exploded: String,
        matrix: String,
        matrix_exploded: String,
        parameters: TableTextParameters,
    ) -> Result<TableTextResponse, Problem> {
        tell_wire(&cx);
        let path = [simple, simple_exploded, label, label_exploded, matrix, matrix_exploded];
        let rest = [
            parameters.form,
            parameters.form_exploded,
            parameters.x_simple,
            parameters.x_exploded,
            parameters.form_cookie,
            parameters.form_exploded_cookie,
            parameters.cookie,
            parameters.cookie_exploded,
        ];
        let echo = Echo {
            texts: Some(path.into_iter().chain(rest.into_iter().flatten()).collect()),
            ..Echo::default()
        };
        Ok(TableTextResponse::Ok(echo))
    }

    async fn table_list(
        &self,
        cx: Context,
        simple: Words,
        simple_exploded: Words,
        label: Words,
        label_exploded: Words,
        matrix: Words,
        matrix_exploded: Words,
        parameters: TableListParameters,
    ) -> Result<TableListResponse, Problem> {
        tell_wire(&cx);
        let path = [simple, simple_exploded, label, label_exploded, matrix, matrix_exploded];
        let rest = [
            parameters.form,
            parameters.form_exploded,
            parameters.spaced,
            parameters.piped,
            parameters.x_simple,
            parameters.x_exploded,
            parameters.form_cookie,
            parameters.form_exploded_cookie,
            parameters.cookie,
            parameters.cookie_exploded,
        ];
        let echo = Echo {
            lists: Some(path.into_iter().chain(rest.into_iter().flatten()).collect()),
            ..Echo::default()
        };
        Ok(TableListResponse::Ok(echo))
    }

    async fn table_color(
        &self,
        cx: Context,
        simple: Color,
        simple_exploded: Color,
        label: Color,
        label_exploded: Color,
        matrix: Color,
        matrix_exploded: Color,
        parameters: TableColorParameters,
    ) -> Result<TableColorResponse, Problem> {
        tell_wire(&cx);
        let path = [simple, simple_exploded, label, label_exploded, matrix, matrix_exploded];
        let rest = [
            parameters.form,
            parameters.form_exploded,
            parameters.spaced,
            parameters.piped,
            parameters.deep,
            parameters.x_simple,
            parameters.x_exploded,
            parameters.form_cookie,
            parameters.cookie,
            parameters.cookie_exploded,
        ];
        let echo = Echo {
            colors: Some(path.into_iter().chain(rest.into_iter().flatten()).collect()),
            ..Echo::default()
        };
        Ok(TableColorResponse::Ok(echo))
    }

    async fn table_cookies(
        &self,
        cx: Context,
        parameters: TableCookiesParameters,
    ) -> Result<TableCookiesResponse, Problem> {
        tell_wire(&cx);
        Ok(TableCookiesResponse::Ok(mixed([parameters.color], [])))
    }

    async fn content(
        &self,
        cx: Context,
        color: Color,
        text: String,
        parameters: ContentParameters,
    ) -> Result<ContentResponse, Problem> {
        tell_wire(&cx);
        let echo = mixed(
            [
                Some(color),
                parameters.color_query,
                parameters.x_color,
                parameters.color_cookie,
            ],
            [
                Some(text),
                parameters.text_query,
                parameters.x_text,
                parameters.text_cookie,
            ],
        );
        Ok(ContentResponse::Ok(echo))
    }

    async fn whole_form(&self, cx: Context, parameters: WholeFormParameters) -> Result<WholeFormResponse, Problem> {
        tell_wire(&cx);
        let form = parameters.form;
        let mut echo = mixed([], [form.as_ref().map(|form| form.text.clone())]);
        echo.lists = Some(form.and_then(|form| form.list).into_iter().collect());
        Ok(WholeFormResponse::Ok(echo))
    }

    async fn whole_json(&self, cx: Context, parameters: WholeJsonParameters) -> Result<WholeJsonResponse, Problem> {
        tell_wire(&cx);
        Ok(WholeJsonResponse::Ok(mixed([parameters.json], [])))
    }

    async fn whole_text(&self, cx: Context, parameters: WholeTextParameters) -> Result<WholeTextResponse, Problem> {
        tell_wire(&cx);
        Ok(WholeTextResponse::Ok(mixed([], [parameters.path])))
    }

    async fn reserved(
        &self,
        cx: Context,
        path: String,
        parameters: ReservedParameters,
    ) -> Result<ReservedResponse, Problem> {
        tell_wire(&cx);
        let mut echo = mixed([], [Some(path), parameters.text, parameters.text_cookie]);
        echo.lists = Some(parameters.list.into_iter().collect());
        Ok(ReservedResponse::Ok(echo))
    }
}

/// What is known about each part.
async fn told(mut body: Multipart) -> Result<Echo, Problem> {
    let mut found = Vec::new();
    while let Some(part) = body.next_field().await? {
        let told = [part.name(), part.file_name(), part.content_type()];
        let told = told.map(|text| text.unwrap_or("-").to_owned()).join(" ");
        let content = part.bytes().await?;
        let content = match std::str::from_utf8(&content) {
            Ok(text) if text.len() < 100 => text.to_owned(),
            _ => format!("{} bytes", content.len()),
        };
        found.push(format!("{told}: {content}"));
    }
    Ok(Echo {
        texts: Some(found),
        ..Echo::default()
    })
}

/// What is known about each part of a form.
async fn told_form(form: UploadForm) -> Result<Echo, Problem> {
    let mut found = vec![format!("title: {}", form.title), told_file("file", form.file).await?];
    for file in form.more {
        found.push(told_file("more", file).await?);
    }
    found.extend(form.number.map(|number| format!("number: {number}")));
    found.extend(form.list.into_iter().flatten().map(|word| format!("list: {word}")));
    found.extend(
        form.color
            .map(|color| format!("color: {:?}", [color.r, color.g, color.b])),
    );
    found.extend(form.note.map(|note| format!("note: {note}")));
    Ok(Echo {
        texts: Some(found),
        ..Echo::default()
    })
}

async fn told_file(name: &str, file: FilePart) -> Result<String, Problem> {
    let [file_name, content_type] = [file.file_name(), file.content_type()].map(|text| text.unwrap_or("-").to_owned());
    let content = file.bytes().await?;
    let content = match std::str::from_utf8(&content) {
        Ok(text) if text.len() < 100 => text.to_owned(),
        _ => format!("{} bytes", content.len()),
    };
    Ok(format!("{name} {file_name} {content_type}: {content}"))
}

/// Tells in the response what came over the wire: the target of the request, its headers of parameters, its cookies.
fn tell_wire(cx: &Context) {
    let header = |name: &str| cx.headers().get(name).and_then(|value| value.to_str().ok());
    let lines = [
        Some(cx.uri().to_string()),
        header("x-simple").map(|text| format!("x-simple: {text}")),
        header("x-exploded").map(|text| format!("x-exploded: {text}")),
        header(COOKIE.as_str()).map(|text| format!("cookie: {text}")),
    ];
    let text = Vec::from_iter(lines.into_iter().flatten()).join(" | ");
    let value = HeaderValue::from_str(&text).expect("a header");
    cx.add_response_header(HeaderName::from_static("x-wire"), value);
}

fn mixed(colors: impl IntoIterator<Item = Option<Color>>, texts: impl IntoIterator<Item = Option<String>>) -> Echo {
    Echo {
        colors: Some(colors.into_iter().flatten().collect()),
        texts: Some(texts.into_iter().flatten().collect()),
        ..Echo::default()
    }
}

/// The account with its number, and its friends with numbers behind it.
fn made(account: AccountRequest, id: i64) -> Account {
    let friends = account.friends.map(|friends| (id + 1..).zip(friends));
    let friends = friends.map(|friends| friends.map(|(id, friend)| made(friend, id)).collect());
    let name = account.name + &account.password.unwrap_or_default();
    Account { id, name, friends }
}

fn texts(texts: &[&str]) -> Echo {
    Echo {
        texts: Some(texts.iter().map(|text| (*text).to_owned()).collect()),
        ..Echo::default()
    }
}
