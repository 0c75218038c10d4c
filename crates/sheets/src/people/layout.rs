//! What a file turned out to be. Nobody is asked: the content tells.

/// The files that villages have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Payung's own columns.
    Template,
    /// The population file of OpenSID: 43 columns, 41 in older releases.
    OpenSid,
    /// What OpenSID sends to a kabupaten's OpenDK: the same people under other column names, in a zip.
    OpenDk,
    /// A list of Dukcapil's SIAK: one row a person, words instead of codes.
    Siak,
    /// Buku Induk Penduduk, a family after the other: the KK's number stands under its label.
    Bip2012,
    /// The same with the KK's number inside a line of text.
    Bip2016,
    /// The same with a row of its own for each KK's number, and the state of the KTP-el.
    BipEktp,
    /// The same with a page for each family and signatures at its foot.
    BipFamilyPage,
    /// Recipients of a programme in OpenSID (bantuan).
    Programme,
}

impl Layout {
    pub const ALL: &'static [Layout] = &[
        Layout::Template,
        Layout::OpenSid,
        Layout::OpenDk,
        Layout::Siak,
        Layout::Bip2012,
        Layout::Bip2016,
        Layout::BipEktp,
        Layout::BipFamilyPage,
        Layout::Programme,
    ];

    /// Its key where it is stored or sent.
    pub const fn name(self) -> &'static str {
        match self {
            Layout::Template => "template",
            Layout::OpenSid => "open_sid",
            Layout::OpenDk => "open_dk",
            Layout::Siak => "siak",
            Layout::Bip2012 => "bip_2012",
            Layout::Bip2016 => "bip_2016",
            Layout::BipEktp => "bip_ektp",
            Layout::BipFamilyPage => "bip_family_page",
            Layout::Programme => "programme",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|layout| layout.name() == name)
    }

    /// As the clerk reads it.
    pub const fn label(self) -> &'static str {
        match self {
            Layout::Template => "Berkas isian Payung",
            Layout::OpenSid => "Data penduduk OpenSID",
            Layout::OpenDk => "Data penduduk OpenSID untuk kabupaten (OpenDK)",
            Layout::Siak => "Daftar penduduk Dukcapil (SIAK)",
            Layout::Bip2012 => "Buku Induk Penduduk 2012",
            Layout::Bip2016 => "Buku Induk Penduduk 2016",
            Layout::BipEktp => "Buku Induk Penduduk dengan status KTP-el",
            Layout::BipFamilyPage => "Buku Induk Penduduk, satu halaman satu keluarga",
            Layout::Programme => "Peserta bantuan OpenSID",
        }
    }
}
