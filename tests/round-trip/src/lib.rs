//! A generated client calls a generated server over loopback: what is sent arrives, and comes back the same.

#[cfg(test)]
mod contents;
#[cfg(test)]
mod links;
#[cfg(test)]
mod service;
#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod webhooks;
#[cfg(test)]
mod xml;

include!(concat!(env!("OUT_DIR"), "/client/include.rs"));
include!(concat!(env!("OUT_DIR"), "/server/include.rs"));
