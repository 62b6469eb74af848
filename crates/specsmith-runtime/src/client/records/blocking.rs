//! JSON texts one after the other without `async`.

use super::super::{Blocking, Error, Request};
use super::{RecordOperation, RecordStream};

impl<O: RecordOperation> Request<O> {
    /// Sends the request and gives the response as JSON texts: an iterator that waits for each.
    ///
    /// # Errors
    /// As [`records`](Self::records).
    pub fn records_blocking(self) -> Result<Blocking<RecordStream<O>>, Error<O::Error>> {
        Self::open_blocking(self.records()).map(Blocking::new)
    }
}
