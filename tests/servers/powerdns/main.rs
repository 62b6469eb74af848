//! Creates, reads, changes, lists and deletes zones of a PowerDNS.

use powerdns::api::ListZoneError;
use powerdns::types::{Record, RrSet, Zone, ZoneKind};
use powerdns::{Client, Error};

const SERVER: &str = "localhost";
const ZONE: &str = "example.com.";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("no address")?;
    let stranger = Client::builder().base_url(&url).build()?;
    let refused = stranger.servers().list().await;
    assert!(matches!(refused, Err(Error::MissingCredentials(_))), "{refused:?}");

    let client = Client::builder().base_url(&url).api_key("a-key").build()?;
    let servers = client.servers().list().await?;
    println!("version {}", servers[0].version.as_deref().unwrap_or_default());

    let zones = client.zones();
    let zone = Zone::default()
        .with_name(ZONE)
        .with_kind(ZoneKind::Native)
        .with_nameservers(vec!["ns1.example.com.".to_owned()]);
    let made = zones.create(SERVER, &zone).await?;
    assert_eq!(made.kind, Some(ZoneKind::Native));
    assert_eq!(zones.list(SERVER).await?.len(), 1);

    let records = vec![Record::new("192.0.2.1").with_disabled(false)];
    let set = RrSet::new("www.example.com.", "A", 300, "REPLACE", records);
    zones
        .patch(SERVER, ZONE, &Zone::default().with_rrsets(vec![set.clone()]))
        .await?;
    let read = zones.list_zone(SERVER, ZONE).rrsets(true).await?;
    let mut found = read.rrsets.iter().flatten().filter(|found| found.r#type == "A");
    assert_eq!(found.next().map(|found| &found.records), Some(&set.records));

    let hits = client.search().data(SERVER, "www*", 10).await?;
    assert!(!hits.is_empty());
    zones.delete(SERVER, ZONE).await?;
    match zones.list_zone(SERVER, ZONE).await {
        Err(Error::Api(ListZoneError::NotFound(problem))) => println!("gone: {}", problem.error),
        other => return Err(format!("{other:?}").into()),
    }
    assert!(zones.list(SERVER).await?.is_empty());
    println!("ok");
    Ok(())
}
