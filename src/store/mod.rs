//! Durable bytes: what is kept on the device, and how nothing of it is lost.
