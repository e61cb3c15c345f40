//! Handing finished responses to the service, exactly once.
