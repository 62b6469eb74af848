//! The service: each operation gives back what it got.

use crate::server::{
    Context, EchoApi, Problem,
    api::echo::{
        AccountResponse, AtResponse, FileResponse, FormResponse, HeadersParameters, HeadersResponse, LabelResponse,
        LimitedParameters, LimitedResponse, MatrixResponse, MembersParameters, MembersResponse, MoveFileResponse,
        OptionalResponse, QueryParameters, QueryResponse, SimpleResponse, TextResponse, ValuesResponse,
    },
    types::{Account, AccountRequest, Color, Echo, Form, Limited, Values, Words},
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

    async fn optional(&self, _cx: Context, body: Option<Color>) -> Result<OptionalResponse, Problem> {
        Ok(body.map_or(OptionalResponse::NoContent, OptionalResponse::Ok))
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
