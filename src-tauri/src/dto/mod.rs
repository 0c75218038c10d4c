//! Everything that crosses to the window, as plain data. Serde and specta live here and nowhere deeper; the words of a
//! page belong to the window, the words of states, findings and refusals come from here.
//!
//! Instants are milliseconds since 1970 UTC, civil dates are `YYYY-MM-DD`, optional values are `null`.

pub mod app;
pub mod applicant;
pub mod carry;
pub mod error;
pub mod exports;
pub mod finding;
pub mod form;
pub mod import;
pub mod judgement;
pub mod likeness;
pub mod overview;
pub mod photo;
pub mod population;
pub mod printing;
pub mod settings;
pub mod setup;
pub mod stamp;
pub mod statement;
pub mod sync;
pub mod verify;
pub mod versions;

pub use app::*;
pub use applicant::*;
pub use carry::*;
pub use error::*;
pub use exports::*;
pub use finding::*;
pub use form::*;
pub use import::*;
pub use judgement::*;
pub use likeness::*;
pub use overview::*;
pub use photo::*;
pub use population::*;
pub use printing::*;
pub use settings::*;
pub use setup::*;
pub use stamp::*;
pub use statement::*;
pub use sync::*;
pub use verify::*;
pub use versions::*;

/// Bytes that cross unencoded; an `ArrayBuffer` in the window.
pub struct RawBytes(pub Vec<u8>);

impl tauri::ipc::IpcResponse for RawBytes {
    fn body(self) -> tauri::Result<tauri::ipc::InvokeResponseBody> {
        Ok(tauri::ipc::InvokeResponseBody::Raw(self.0))
    }
}

impl specta::Type for RawBytes {
    fn definition(_: &mut specta::Types) -> specta::datatype::DataType {
        specta_typescript::define("ArrayBuffer").into()
    }
}
