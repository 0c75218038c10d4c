#!/usr/bin/env python3
"""Writes kebumen.csv and klungkung.csv: invented people of the two demo villages, in Payung's template.

Nobody here exists. Each person shows one thing a clerk meets; the note column says which.
Birth dates are fixed, so ages drift with the years; the demonstration was written for late 2026.
"""
import csv
import pathlib

COLUMNS = (
    "nik nama no_kk tempat_lahir tanggal_lahir jenis_kelamin alamat rt rw dusun kode_desa ktp_kabupaten bukti_ktp "
    "berdomisili pekerjaan uraian_pekerjaan tempat_kerja bekerja_sejak masih_bekerja pekerja_informal rentan "
    "tidak_sakit_berat peserta_pu jaminan_lain dtsen desil periode_desil jabatan_desa diperiksa_oleh nama_ibu catatan"
).split()


def nik(region, birth, sex, serial):
    year, month, day = birth.split("-")
    return f"{region}{int(day) + (40 if sex == 'P' else 0):02d}{month}{year[2:]}{serial:04d}"


def person(village, serial, name, birth, sex, job, since, hamlet, note, **other):
    region = village[:5] + village[6:8]
    digits = region.replace(".", "")
    row = {
        "nik": nik(digits, birth, sex, serial), "nama": name, "no_kk": f"{digits}010118{serial:04d}",
        "tempat_lahir": "Kebumen" if village.startswith("33") else "Klungkung",
        "tanggal_lahir": birth, "jenis_kelamin": sex, "alamat": f"Dusun {hamlet}", "rt": f"{1 + serial % 4:03d}",
        "rw": f"{1 + serial % 2:03d}", "dusun": hamlet, "kode_desa": village, "ktp_kabupaten": village[:5],
        "bukti_ktp": "ktp_el", "berdomisili": "ya", "pekerjaan": job, "tempat_kerja": hamlet, "bekerja_sejak": since,
        "masih_bekerja": "ya", "pekerja_informal": "ya", "rentan": "ya", "tidak_sakit_berat": "ya",
        "peserta_pu": "tidak", "jaminan_lain": "tidak_ada", "dtsen": "ya", "desil": "2", "periode_desil": "2026-Q4",
        "jabatan_desa": "tidak_ada", "diperiksa_oleh": "Operator desa", "catatan": note,
    }
    row.update(other)
    return row


KEBUMEN, KLUNGKUNG = "33.05.01.2001", "51.05.01.2010"

PEOPLE = {
    "kebumen": [
        person(KEBUMEN, 11, "Suparmi", "1979-03-14", "P", "buruh_tani", "1998", "Krajan", "contoh: memenuhi syarat"),
        person(KEBUMEN, 12, "Slamet Riyadi", "1971-08-17", "L", "nelayan", "1990", "Pedalen", "contoh: memenuhi syarat"),
        person(KEBUMEN, 13, "Tri Wahyuni", "1988-11-02", "P", "pedagang", "2012-06", "Krajan", "contoh: memenuhi syarat"),
        person(KEBUMEN, 14, "Kasno", "1961-05-20", "L", "petani", "1980", "Gadung", "contoh: 65 tahun, lewat batas BPJS"),
        person(KEBUMEN, 15, "Dwi Prasetyo", "2009-02-11", "L", "tukang_ojek", "2025", "Krajan", "contoh: belum 18 tahun"),
        person(KEBUMEN, 16, "Ngatiyem", "1968-01-30", "P", "petani", "1985", "Gadung", "contoh: jaminan belum diketahui",
               jaminan_lain=""),
        person(KEBUMEN, 17, "Bambang Sutrisno", "1975-12-09", "L", "petani", "1995", "Pedalen",
               "contoh: juga perangkat desa", jabatan_desa="perangkat_desa"),
        person(KEBUMEN, 18, "Rohmat Hidayat", "1983-07-25", "L", "sopir_angkutan", "2005", "Krajan",
               "contoh: dibayar APBN", jaminan_lain="apbn"),
    ],
    "klungkung": [
        person(KLUNGKUNG, 21, "Ni Wayan Suarti", "1976-04-18", "P", "pedagang", "2001", "Nyuh", "contoh: memenuhi syarat"),
        person(KLUNGKUNG, 22, "I Made Sudarma", "1969-09-09", "L", "nelayan", "1988", "Bodong", "contoh: memenuhi syarat"),
        person(KLUNGKUNG, 23, "I Ketut Rai", "2009-01-15", "L", "juru_parkir", "2026", "Nyuh", "contoh: 17 tahun"),
        person(KLUNGKUNG, 24, "Ni Luh Sari", "1990-10-10", "P", "lainnya", "2014", "Sental", "contoh: DTSEN belum diketahui",
               uraian_pekerjaan="Penenun", dtsen=""),
        person(KLUNGKUNG, 25, "I Nyoman Gede", "1981-06-06", "L", "sopir_angkutan", "2003", "Bodong",
               "contoh: peserta penerima upah", peserta_pu="ya"),
    ],
}

if __name__ == "__main__":
    here = pathlib.Path(__file__).parent
    for name, people in PEOPLE.items():
        with open(here / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(people)
