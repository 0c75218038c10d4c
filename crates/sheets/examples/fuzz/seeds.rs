//! Files to begin with: one of every layout, with made-up people.

use rust_xlsxwriter::Workbook;

const OPEN_SID: &str = "alamat,dusun,rw,rt,nama,no_kk,nik,sex,tempatlahir,tanggallahir,agama_id,pekerjaan_id,status_kawin,kk_level,nama_ibu,cacat_id,status_dasar,id_asuransi
Jl. Contoh,KRAJAN,-,003,SITI CONTOH,3305010101200002,3305014101900001,2,KEBUMEN,1990-01-01,1,9,2,1,IBU,7,1,2
Jl. Contoh,KRAJAN,-,003,BUDI,3305010101200002,0,1,KEBUMEN,01/02/2015,1,3,1,4,IBU,,2,
,###";
const TEMPLATE: &str = "nik;nama;tanggal_lahir;no_kk;pekerjaan;rt;rw;desil;bukti_ktp;jaminan_lain\n'3305014101900001;SITI;1990-01-01;3305010101200002;petani;001;002;2;ktp_el;tidak_ada\n3,30501E+15;BUDI;31-02-1990;;;;;;;\n";
const SIAK: &str = "Nomor KK\tNIK\tNama Penduduk\tStatus\tTempat Lahir\tTanggal Lahir\tKelamin\tIbu\tStatus Kawin\tSHDK\tAlamat\tRW\tRT\tPekerjaan\tDeskripsi Pekerjaan\n3305010101200002\t3305014101900001\tSITI\tHidup\tKEBUMEN\t17-08-1975\tPerempuan\tIBU\tKawin\tIstri\tDSN. PRAPAT\t8\t1\tWiraswasta\tjual bakso\n3305010101200002\t3305014101900002\tMBAH\tMati\tKEBUMEN\t17 Agustus 1925\tPerempuan\n";
const TWO_ROWS: &str = "DAFTAR PENDUDUK\nNO,NO. KK,N I K,NAMA,JENIS,LAHIR,,ALAMAT,,\n,,,LENGKAP,KELAMIN,TEMPAT,TANGGAL,DUSUN,RT,RW\n1,2,3,4,5,6,7,8,9,10\n1,3305010101200002,3305014101900001,SITI,PR,KEBUMEN,17-08-1975,KRAJAN,01,02\nJUMLAH,1\n";
const BOOK_2012: &str = ",BUKU INDUK KEPENDUDUKAN\n,NO.KK,,NAMA.KK,,,ALAMAT\n,3305010101200002,,SITI,,,\"DUSUN KRAJAN, RT:001, RW:002, Kodepos:54300,-\"\nNO,NIK,NAMA,JK,TMPT LHR,TGL LHR,KTPEL,AGAMA,STATUS,HUB. KEL,PENDIDIKAN,PEKERJAAN,NAMA IBU\n1,3305014101900001,SITI,P,KEBUMEN,01-01-1990,NULL,Islam,Kawin,Kepala Keluarga,SD,Petani/Pekebun,IBU\n";
const BOOK_2016: &str = "BUKU INDUK PENDUDUK WNI\nNo,Nama Lengkap,NIK,Tempat Lahir,Tanggal Lahir,Jenis Kelamin,SHDK,Agama\nNo. KK : 3305010101200002\u{a0},,\"Alamat : JL. MELATI, Nama Dusun : KRAJAN, RT/RW : 001/-\"\n1,SITI,3305014101900001\u{a0},KEBUMEN,1990-01-01,P,Kepala Keluarga,Islam\nKeterangan:\n";
const BOOK_EKTP: &str = "NO,\"Nama\nLengkap\",NIK,Tempat Lahir,Tanggal Lahir,JK,\"Stat\nKwn\",SHDK,Agama,Wjb KTP\n3305010101200002,,SITI,,,,,DESA CONTOH RT/RW : 002/000 DUSUN : -\n1,SITI,3305014101900001,KEBUMEN,01-01-1990,Pr,CM,KEPALA KELUARGA,ISLAM,WAJIB\n";
const PAGE: &str = ",BUKU INDUK KEPENDUDUKAN (DAFTAR  KELUARGA)\n,PROVINSI :,JATENG,,NO. KK :,3305010101200002\n,DESA :,CONTOH,,ALAMAT :,\"DSN. BARAT,Kodepos :92974\"\n,,,,NO.RT/RW :,001/002\n,NO,NIK,NAMA,JK,TMPT LHR,TGL LHR,STATUS,HUB.KEL,PEKERJAAN\n,1,3305014101900001,SITI,P,KEBUMEN,30-03-1983,Kawin,Istri,Pedagang\n,,,Mengetahui\n,,KEPALA KELUARGA,SITI\n";
const PROGRAMME: &str = "Peserta,No. Peserta,NIK,Nama,Tempat Lahir,Tanggal Lahir,Alamat\n3305014101900001,1,3305014101900001,SITI,KEBUMEN,1990-01-01,RT 004 RW - Dusun Krajan\n###\nCatatan:\n";

/// Each as text and as a workbook.
pub fn made_here() -> Vec<Vec<u8>> {
    let texts = [OPEN_SID, TEMPLATE, SIAK, TWO_ROWS, BOOK_2012, BOOK_2016, BOOK_EKTP, PAGE, PROGRAMME];
    let workbooks = texts.iter().map(|text| {
        let separator = [';', '\t'].into_iter().find(|c| text.contains(*c)).unwrap_or(',');
        let rows = text.lines().map(|line| line.split(separator).map(str::to_owned).collect()).collect();
        workbook(&[("Lembar".to_owned(), rows)])
    });
    texts.iter().map(|text| text.as_bytes().to_vec()).chain(workbooks).collect()
}

pub fn workbook(sheets: &[(String, Vec<Vec<String>>)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (index, (name, rows)) in sheets.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        // Names that Excel does not allow stay those it gives by itself.
        if sheet.set_name(name).is_err() {
            drop(sheet.set_name(format!("Lembar {index}")));
        }
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let (row, column) = (row as u32, column as u16);
                let written = match cell.parse::<f64>() {
                    Ok(number) if cell.len() < 15 => sheet.write_number(row, column, number).is_ok(),
                    _ => sheet.write_string(row, column, cell).is_ok(),
                };
                if !written {
                    continue;
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap_or_default()
}
