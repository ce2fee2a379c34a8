//! HTTP: routes → handler → page. Knows forms and templates; decides nothing.

pub mod assets;
pub mod filters;
pub mod page;
pub mod ui;
