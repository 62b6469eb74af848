//! A generated client calls a generated server over loopback: what is sent arrives, and comes back the same.

#[cfg(test)]
mod contents;
#[cfg(test)]
mod links;
#[cfg(test)]
mod sent;
#[cfg(test)]
mod service;
#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod webhooks;
#[cfg(test)]
mod wire;
#[cfg(test)]
mod xml;
#[cfg(test)]
mod xml_3_1;
#[cfg(test)]
mod xml_3_2;

include!(concat!(env!("OUT_DIR"), "/client/include.rs"));
include!(concat!(env!("OUT_DIR"), "/server/include.rs"));
include!(concat!(env!("OUT_DIR"), "/depot/include.rs"));
include!(concat!(env!("OUT_DIR"), "/depot_server/include.rs"));
include!(concat!(env!("OUT_DIR"), "/archive/include.rs"));
include!(concat!(env!("OUT_DIR"), "/archive_server/include.rs"));
include!(concat!(env!("OUT_DIR"), "/hooks/include.rs"));
include!(concat!(env!("OUT_DIR"), "/hooks_server/include.rs"));
include!(concat!(env!("OUT_DIR"), "/tracker/include.rs"));
