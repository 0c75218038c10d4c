//! What the sheet *Petunjuk* says about every column.

use payung_domain::Field;

pub(crate) struct Guide {
    pub how: &'static str,
    pub example: &'static str,
}

pub(crate) const OPENING: &[&str] = &[
    "Satu baris untuk satu calon penerima. Isi di lembar Calon penerima; jangan ubah judul kolomnya.",
    "Kolom nik, nama, dan tanggal_lahir harus ada. Kolom lain boleh dihapus. Urutan kolom bebas.",
    "Sel kosong berarti belum diketahui. Jangan menebak: yang kosong dapat dilengkapi nanti di Payung.",
    "Semua kolom berupa teks. Bila menempel dari berkas lain, pilih Tempel Nilai supaya NIK tidak rusak.",
    "Contoh di kolom kanan bukan orang yang sebenarnya.",
];

pub(crate) fn of(field: Field) -> Guide {
    let (how, example) = match field {
        Field::Nik => ("16 angka, dari KTP. Jangan dari KK atau dari ingatan.", "3305010101900001"),
        Field::Name => ("Seperti tertulis di KTP.", "SITI CONTOH"),
        Field::Kk => ("16 angka, dari Kartu Keluarga yang terbaru.", "3305010101200002"),
        Field::NameOnKk => ("Hanya bila ejaannya berbeda dari KTP.", "SITI TJONTOH"),
        Field::BirthPlace => ("Seperti tertulis di KTP.", "KEBUMEN"),
        Field::BirthDate => (
            "Dari KTP: tahun-bulan-tanggal, atau tanggal-bulan-tahun, atau dengan garis miring.",
            "1990-01-01",
        ),
        Field::Sex => ("L untuk laki-laki, P untuk perempuan.", "P"),
        Field::Address => ("Jalan, gang, atau nama tempat, tanpa RT dan RW.", "Jl. Contoh No. 1"),
        Field::Rt => ("Nol di depan tetap ditulis.", "003"),
        Field::Rw => ("Nol di depan tetap ditulis.", "001"),
        Field::Hamlet => ("Dusun, dukuh, lingkungan, atau banjar dinas.", "Krajan"),
        Field::Village => ("Kode desa atau kelurahan 10 angka, dengan atau tanpa titik.", "33.05.01.2001"),
        Field::KtpRegency => ("Kode kabupaten pada alamat KTP, 4 angka, dengan atau tanpa titik.", "33.05"),
        Field::KtpEvidence => (
            "Bukti yang dilihat desa. ktp_el: KTP-el. ikd: Identitas Kependudukan Digital. suket: surat keterangan. hilang: KTP hilang. belum_rekam: belum rekam KTP.",
            "ktp_el",
        ),
        Field::Domiciled => ("Apakah orang ini tinggal di kabupaten ini.", "ya"),
        Field::Occupation => (
            "Pekerjaan yang sebenarnya sekarang, bukan yang tertulis di KTP. Bila lainnya, tulis di uraian_pekerjaan.",
            "petani",
        ),
        Field::OccupationDetail => {
            ("Wajib bila pekerjaan lainnya; selain itu boleh kosong.", "penjual jamu keliling")
        }
        Field::Workplace => ("Tempat bekerja sehari-hari.", "Pasar Contoh"),
        Field::WorkingSince => ("Tahun, atau tahun-bulan, atau tanggal.", "2015"),
        Field::StillWorking => ("Apakah sekarang masih bekerja.", "ya"),
        Field::InformalWorker => ("Bekerja mandiri atau tanpa hubungan kerja tetap.", "ya"),
        Field::Vulnerable => ("Termasuk pekerja rentan menurut peraturan kabupaten.", "ya"),
        Field::NotSeriouslyIll => ("ya berarti tidak sedang sakit berat.", "ya"),
        Field::WageParticipant => (
            "Apakah sudah menjadi peserta BPJS Ketenagakerjaan lewat pemberi kerja (penerima upah).",
            "tidak",
        ),
        Field::OtherCover => (
            "Siapa yang sekarang membayar BPJS Ketenagakerjaan orang ini. Bukan BPJS Kesehatan atau KIS. Pilihan: tidak_ada, apbd_kabupaten, apbd_provinsi, apbn, apbdesa, mandiri, csr, lainnya. Beberapa dipisah titik koma. Tanggal akhir boleh ditulis setelah titik dua.",
            "tidak_ada, atau csr:2026-12-31",
        ),
        Field::Dtsen => ("Apakah tercatat di Data Tunggal Sosial dan Ekonomi Nasional.", "ya"),
        Field::Desil => ("Angka 1 sampai 10.", "2"),
        Field::DesilPeriod => ("Tahun dan triwulan dari data desil itu.", "2026-Q4"),
        Field::Disability => ("Bila ada, tulis jenisnya. Isi hanya bila perlu.", ""),
        Field::VillageOffice => ("Jabatan orang ini di pemerintahan atau lembaga desa.", "tidak_ada"),
        Field::CheckedBy => ("Nama petugas yang memeriksa data ini.", "Budi Contoh"),
        Field::CheckedOn => ("Tanggal pemeriksaan.", "2026-11-20"),
        Field::Phone => ("Nol di depan tetap ditulis.", "081200000000"),
        Field::Income => ("Rupiah sebulan, kira-kira. Isi hanya bila perlu.", "1500000"),
        Field::MotherName => ("Seperti tertulis di KK.", "IBU CONTOH"),
        Field::Heir => ("Nama ahli waris yang menerima santunan.", "AHLI CONTOH"),
        Field::HeirRelation => ("Hubungan ahli waris dengan orang ini.", "anak"),
        Field::Note => ("Catatan desa, kalau ada.", ""),
    };
    Guide { how, example }
}
