//! The mapping file.
use std::path::Path;
use super::stop::Stop;
#[derive(Debug, Default)]
pub struct Map {}
impl Map { pub fn read(_: &Path) -> Result<Self, Stop> { Ok(Self{}) } }
