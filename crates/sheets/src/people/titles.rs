//! The titles of columns, as OpenSID, Dukcapil's programs and clerks write them, and what stands under each.

use payung_domain::Field;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Taken as it is.
    As(Field),
    Nik,
    Kk,
    Sex,
    Occupation,
    /// What the occupation is in the clerk's words, beside the one from the list.
    OccupationWords,
    Disability,
    BirthDate,
    /// `KEBUMEN, 17-08-1975`
    BirthPlaceAndDate,
    /// `001/002`
    RtRw,
    /// Whether the person lives here: `status_dasar`.
    Status,
    /// The same in SIAK, under a title that elsewhere is about marriage or the KTP.
    StatusInWords,
}

/// Letters and digits in lower case: `No. KK`, `no_kk` and `NO KK` are one.
pub(crate) fn fold(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What stands under a title; `None` when Payung does not need it.
pub(super) fn column(title: &str) -> Option<Column> {
    of_folded(&fold(title)).or_else(|| {
        // `NIK (16 angka)`
        let (title, _) = title.split_once('(')?;
        of_folded(&fold(title))
    })
}

fn of_folded(folded: &str) -> Option<Column> {
    Some(match folded {
        "nik"
        | "nomornik"
        | "nonik"
        | "nikktp"
        | "noktp"
        | "nomorktp"
        | "noktpnik"
        | "niknoktp"
        | "kartunik"
        | "nomorindukkependudukan"
        | "nonikktp"
        | "nomornikktp"
        | "nikno"
        | "noindukkependudukan"
        | "nikpenduduk" => Column::Nik,
        "nokk" | "nomorkk" | "kk" | "nkk" | "nokartukeluarga" | "nomorkartukeluarga" | "kartukeluarga"
        | "nokeluarga" | "nomorkeluarga" => Column::Kk,
        "nama"
        | "namalengkap"
        | "namapenduduk"
        | "namaktp"
        | "namasesuaiktp"
        | "namalgkp"
        | "namalkp"
        | "namawarga"
        | "namaanggota"
        | "namaanggotakeluarga"
        | "namalengkappenduduk"
        | "namaanggotakk"
        | "nmlengkap"
        | "kartunama"
        | "namapeserta"
        | "namapenerima" => Column::As(Field::Name),
        "tempatlahir" | "tmptlhr" | "tmplhr" | "tmptlahir" | "tmplahir" | "tptlahir" | "tptlhr"
        | "tempatlhr" | "tempatkelahiran" | "kartutempatlahir" | "lahirtempat" | "tmptlhir" => {
            Column::As(Field::BirthPlace)
        }
        "tanggallahir" | "tgllahir" | "tgllhr" | "tgllhir" | "tanggallhr" | "tglkelahiran"
        | "tanggalkelahiran" | "kartutanggallahir" | "lahirtanggal" | "lahirtgl" | "tgllahirktp" => {
            Column::BirthDate
        }
        "tempattgllahir"
        | "tempattanggallahir"
        | "tempatdantanggallahir"
        | "tempatdantgllahir"
        | "tempattgllhr"
        | "tmpttgllahir"
        | "tmpttgllhr"
        | "tmptgllahir"
        | "tmptgllhr"
        | "tmplahirtgllahir"
        | "tempatlahirtgllahir"
        | "tempatlahirtanggallahir"
        | "tmptlhrtgllhr"
        | "tmptlahirtgllahir"
        | "ttl"
        | "tempattanggallhr"
        | "tpttgllahir" => Column::BirthPlaceAndDate,
        "sex" | "jk" | "jeniskelamin" | "kelamin" | "jnskelamin" | "jnskel" | "jnsklmn" | "jeniskel"
        | "jkel" | "jklmn" | "jenisklmin" | "jenisklmn" | "jnsklmin" | "jnsklm" | "lp" | "jklp"
        | "jeniskelaminlp" | "kelaminlp" => Column::Sex,
        "alamat" | "alamatlengkap" | "alamatktp" | "alamatrumah" | "alamatkk" | "kartualamat" => {
            Column::As(Field::Address)
        }
        "rt" | "nort" | "nomorrt" => Column::As(Field::Rt),
        "rw" | "norw" | "nomorrw" => Column::As(Field::Rw),
        "rtrw" | "nortrw" | "nortnorw" => Column::RtRw,
        "dusun" | "namadusun" | "dusunlingkungan" | "lingkungan" | "dukuh" | "pedukuhan" | "padukuhan"
        | "banjar" | "banjardinas" | "dusundukuh" | "jorong" => Column::As(Field::Hamlet),
        "pekerjaan" | "pekerjaanid" | "jenispekerjaan" | "jnspekerjaan" | "jnspkrjn" | "jenispkrjn"
        | "pekerjaanktp" => Column::Occupation,
        "deskripsipekerjaan" => Column::OccupationWords,
        "cacat" | "cacatid" | "jeniscacat" | "penyandangcacat" | "disabilitas" | "jenisdisabilitas" => {
            Column::Disability
        }
        "namaibu" | "ibu" | "namaibukandung" | "ibukandung" | "nmibu" | "namalengkapibu" | "namalgkpibu" => {
            Column::As(Field::MotherName)
        }
        "telepon" | "telp" | "notelp" | "notelepon" | "nomortelepon" | "hp" | "nohp" | "nomorhp" | "nowa"
        | "nohpwa" => Column::As(Field::Phone),
        "statusdasar" | "statuspenduduk" | "statusdasarpenduduk" | "statushidup" => Column::Status,
        "status" => Column::StatusInWords,
        _ => return None,
    })
}

/// The running number at the left edge.
pub(super) fn is_running_number(title: &str) -> bool {
    matches!(fold(title).as_str(), "no" | "nomor" | "nourut" | "nomorurut" | "nour" | "nomer")
}

/// The template's column of exactly this name.
pub(super) fn of_template(title: &str) -> Option<Field> {
    let folded = fold(title);
    Field::ALL.iter().copied().find(|field| fold(field.name()) == folded)
}

/// Titles that only OpenSID's own file has.
pub(super) fn is_of_open_sid(folded: &str) -> bool {
    matches!(
        folded,
        "sex"
            | "pekerjaanid"
            | "kklevel"
            | "agamaid"
            | "cacatid"
            | "statusdasar"
            | "pendidikankkid"
            | "pendidikansedangid"
            | "warganegaraid"
            | "golongandarahid"
            | "carakbid"
            | "idasuransi"
            | "tagidcard"
    )
}

/// Titles that only the exchange with OpenDK has.
pub(super) fn is_of_open_dk(folded: &str) -> bool {
    matches!(
        folded,
        "nomornik"
            | "nomorkk"
            | "pendidikandlmkk"
            | "pendidikansdgditempuh"
            | "kawin"
            | "goldarah"
            | "nomoraktaperkawinan"
            | "desaid"
            | "nomordokumenpasport"
            | "hubungankeluarga"
    )
}

/// Titles of OpenSID's list of recipients.
pub(super) fn is_of_programme(folded: &str) -> bool {
    matches!(folded, "peserta" | "nopeserta" | "kartupeserta" | "noidkartu" | "kartunik")
}

/// Titles that lists of Dukcapil have and Payung's template has not.
pub(super) fn is_of_dukcapil(folded: &str) -> bool {
    matches!(
        folded,
        "agama"
            | "shdk"
            | "hubkel"
            | "hubungan"
            | "hubungankeluarga"
            | "hubungandalamkeluarga"
            | "hubdlmkel"
            | "statkwn"
            | "statuskawin"
            | "stskawin"
            | "statuskwn"
            | "statusperkawinan"
            | "pendidikan"
            | "pendidikanterakhir"
            | "pddkakhir"
            | "pendidikanakhir"
            | "goldrh"
            | "gdrh"
            | "goldarah"
            | "golongandarah"
            | "namaayah"
            | "ayah"
            | "ktpel"
            | "wjbktp"
            | "statrkm"
            | "noaktelahir"
            | "noaktalahir"
            | "kelamin"
            | "jk"
            | "namalengkap"
            | "namapenduduk"
            | "tmptlhr"
            | "tgllhr"
    )
}

/// Titles of marriage: beside them, `Status` is about living here.
pub(super) fn is_of_marriage(folded: &str) -> bool {
    matches!(
        folded,
        "statuskawin" | "statkwn" | "stskawin" | "statuskwn" | "statusperkawinan" | "statuspernikahan"
    )
}
