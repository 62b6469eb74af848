//! Creates, reads, changes, lists and deletes collections and records of a Chroma.

use chroma::types::{
    AddCollectionRecordsPayload, CreateCollectionPayload, CreateDatabasePayload, DeleteCollectionRecordsPayload,
    GetRequestPayload, QueryRequestPayload, UpdateCollectionPayload, UpdateCollectionRecordsPayload,
};
use chroma::{Client, Error};

const TENANT: &str = "default_tenant";
const DATABASE: &str = "books";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("no address")?;
    // The server runs without authentication, which the document does not offer: any key will do.
    let client = Client::builder().base_url(&url).api_key("none").build()?;
    println!("version {}", client.system().version().await?);

    client
        .database()
        .create(TENANT, &CreateDatabasePayload::new(DATABASE))
        .await?;
    let names = client.database().list(TENANT).limit(10).await?;
    assert!(names.iter().any(|database| database.name == DATABASE));

    collections(&client).await?;
    records(&client).await?;

    client.database().delete(TENANT, DATABASE).await?;
    let gone = client.database().get(TENANT, DATABASE).await;
    assert!(
        matches!(&gone, Err(error) if error.status().is_some_and(|status| status == 404)),
        "{gone:?}"
    );
    println!("ok");
    Ok(())
}

async fn collections(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let collections = client.collection();
    let made = collections
        .create(TENANT, DATABASE, &CreateCollectionPayload::new("novels"))
        .await?;
    assert_eq!(made.name, "novels");
    let read = collections.get(TENANT, DATABASE, "novels").await?;
    assert_eq!(read, made);
    let id = read.id.to_string();
    let change = UpdateCollectionPayload::default().with_new_name("stories");
    collections.update(TENANT, DATABASE, &id, &change).await?;
    assert_eq!(collections.get(TENANT, DATABASE, "stories").await?.id, made.id);
    assert_eq!(collections.list(TENANT, DATABASE).await?.len(), 1);
    assert_eq!(collections.count(TENANT, DATABASE).await?, 1);

    // The same name again is a conflict, which the document does not name.
    let again = collections
        .create(TENANT, DATABASE, &CreateCollectionPayload::new("stories"))
        .await;
    match again {
        Err(Error::Undocumented(response)) => assert_eq!(response.status(), 409),
        other => return Err(format!("{other:?}").into()),
    }
    collections.delete(TENANT, DATABASE, "stories").await?;
    assert!(collections.list(TENANT, DATABASE).await?.is_empty());
    Ok(())
}

async fn records(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let collection = client
        .collection()
        .create(TENANT, DATABASE, &CreateCollectionPayload::new("points"))
        .await?;
    let (id, records) = (collection.id.to_string(), client.record());
    let ids = vec!["a".to_owned(), "b".to_owned()];
    let points = vec![vec![1.0, 0.0], vec![0.0, 1.0]];
    let texts = vec![Some("first".to_owned()), None];
    let added = AddCollectionRecordsPayload::new(points.into(), ids.clone()).with_documents(texts);
    records.collection_add(TENANT, DATABASE, &id, &added).await?;
    assert_eq!(records.collection_count(TENANT, DATABASE, &id).await?, 2);

    let all = records
        .collection_get(TENANT, DATABASE, &id, &GetRequestPayload::default())
        .await?;
    assert_eq!(all.ids, ids);
    let near = QueryRequestPayload::new(vec![vec![0.9, 0.1]]).with_n_results(1);
    let found = records.collection_query(TENANT, DATABASE, &id, &near).await?;
    assert_eq!(found.ids, [["a"]]);

    let change =
        UpdateCollectionRecordsPayload::new(vec!["b".to_owned()]).with_documents(vec![Some("second".to_owned())]);
    records.collection_update(TENANT, DATABASE, &id, &change).await?;
    let only = GetRequestPayload::default().with_ids(vec!["b".to_owned()]);
    let changed = records.collection_get(TENANT, DATABASE, &id, &only).await?;
    let documents = changed.documents.as_ref().into_option().ok_or("no documents")?;
    assert_eq!(documents[0].as_deref(), Some("second"));

    let gone = DeleteCollectionRecordsPayload::default().with_ids(vec!["a".to_owned()]);
    records.collection_delete(TENANT, DATABASE, &id, &gone).await?;
    assert_eq!(records.collection_count(TENANT, DATABASE, &id).await?, 1);
    client.collection().delete(TENANT, DATABASE, "points").await?;
    Ok(())
}
