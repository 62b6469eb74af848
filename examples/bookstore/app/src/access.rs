//! Who calls: the credentials of the document's schemes, and whom they stand for.

use bookstore_server::{AuthContext, Authenticate, Credential, Denied};

use crate::App;

/// The token of the one customer.
pub const CUSTOMER_TOKEN: &str = "customer-of-the-bookstore";

/// The key of the staff.
pub const STAFF_KEY: &str = "staff-of-the-bookstore";

/// Somebody who buys books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer;

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clerk;

impl Authenticate for App {
    type Customer = Customer;
    type StaffKey = Clerk;

    async fn customer(&self, token: Credential, _cx: AuthContext<'_>) -> Result<Customer, Denied> {
        match token.matches(CUSTOMER_TOKEN) {
            true => Ok(Customer),
            false => Err(Denied::Invalid),
        }
    }

    async fn staff_key(&self, key: Credential, _cx: AuthContext<'_>) -> Result<Clerk, Denied> {
        match key.matches(STAFF_KEY) {
            true => Ok(Clerk),
            false => Err(Denied::Invalid),
        }
    }
}
