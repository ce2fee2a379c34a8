//! Mail as it leaves and as it arrives.

mod smtp_server;
