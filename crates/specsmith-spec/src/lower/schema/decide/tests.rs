//! Tests of the decision on small unions.
