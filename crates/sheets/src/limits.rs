//! How much a file may hold. A village has some thousands of people, a kabupaten under two million in 460 files.

use std::fmt;

/// Bytes of a file, as it lies on the disk.
pub const MAX_FILE_BYTES: u64 = 100 * 1024 * 1024;
/// Rows that are not empty, the header not counted.
pub const MAX_ROWS: usize = 200_000;
/// Columns with something in them.
pub const MAX_COLUMNS: usize = 200;
/// Characters in one cell; Excel's own limit.
pub const MAX_CELL_CHARS: usize = 32_767;
/// Bytes of an XLSX once unpacked: a zip of some kilobytes may grow without bound.
pub(crate) const MAX_UNPACKED_BYTES: u64 = 512 * 1024 * 1024;
/// Bytes of text kept of one table. One shared text may stand in millions of cells.
pub(crate) const MAX_TEXT_BYTES: usize = 256 * 1024 * 1024;

/// The limit that a file broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    FileSize,
    Rows,
    Columns,
    CellChars,
    Unpacked,
    Text,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Limit::FileSize => "berkas terlalu besar; paling besar 100 MB",
            Limit::Rows => "tabel terlalu panjang; paling banyak 200.000 baris",
            Limit::Columns => "tabel terlalu lebar; paling banyak 200 kolom",
            Limit::CellChars => "isi satu sel terlalu panjang; paling banyak 32.767 huruf",
            Limit::Unpacked => "isi berkas terlalu besar setelah dibuka; paling besar 512 MB",
            Limit::Text => "tulisan di dalam tabel terlalu banyak; paling banyak 256 MB",
        })
    }
}

impl Limit {
    pub(crate) const fn remedy(self) -> &'static str {
        match self {
            Limit::FileSize | Limit::Unpacked => {
                "Hapus gambar dan lembar yang tidak dipakai, atau bagi menjadi beberapa berkas."
            }
            Limit::Rows | Limit::Text => "Bagi tabel menjadi beberapa berkas.",
            Limit::Columns => "Hapus kolom yang tidak dipakai, lalu simpan lagi.",
            Limit::CellChars => "Pendekkan isi sel itu, lalu simpan lagi.",
        }
    }
}
