import { bytes, number } from "./format";
import type { Words } from "./words";

/** A stick between village and district. */
export const usb = {
  title: "Lewat flashdisk",
  body: "Bila internet lama tidak ada. Isinya sama dengan lewat internet, terkunci, dan hanya kabupaten yang dapat membukanya.",
  steps: {
    save: "Simpan kiriman ke flashdisk.",
    carry: "Bawa flashdisk ke kabupaten. Petugas memasukkannya dan menaruh berkas jawaban di flashdisk yang sama.",
    take: "Masukkan berkas jawaban di sini.",
  },
  save: "Simpan kiriman",
  saving: "Menyimpan dan membaca ulang…",
  take: "Masukkan jawaban",
  taking: "Membaca berkas jawaban…",
  saved: "Kiriman tersimpan",
  savedAs: (path: string) => `Disimpan di ${path}`,
  savedKeep: "Cabut flashdisk lewat menu Keluarkan. Sampai jawabannya dimasukkan, semua tetap terhitung menunggu.",
  notSaved: "Kiriman belum tersimpan",
  taken: "Jawaban sudah masuk",
  takenNothing: "Jawaban sudah dibaca",
  notTaken: "Berkas itu tidak dimasukkan",
  safe: "Tidak ada data yang berubah atau hilang.",
  size: (count: number) => `Besar berkas ${bytes(count)}`,
} satisfies Words;

/** Laptops of one village. */
export const laptops = {
  title: "Laptop desa ini",
  only: "Baru laptop ini. Laptop tambahan atau pengganti bergabung dengan berkas pendaftaran baru dari kabupaten.",
  entries: (count: number) => `${number(count)} catatan`,
  last: (when: string) => `terakhir menulis ${when}`,
  nothingYet: "belum menulis apa pun",
  revoked: "dicabut kabupaten",
  revokedWhy: "Tidak dapat lagi mengirim. Yang sudah sampai tetap berlaku.",
  lost: "Laptop hilang atau dicuri? Segera telepon kabupaten agar laptop itu dicabut.",
} satisfies Words;

/** A copy of everything in one file. */
export const backup = {
  title: "Cadangan",
  body: "Salinan seluruh isi laptop ini dalam satu berkas terkunci. Simpan di flashdisk lain, di lemari, bukan di tas laptop.",
  do: "Buat cadangan",
  doing: "Menyalin dan memeriksa ulang…",
  done: "Cadangan selesai",
  notDone: "Cadangan belum dibuat",
  last: (when: string) => `Cadangan terakhir: ${when}`,
  lastNone: "Belum pernah dibuat cadangan dari laptop ini.",
  how: "Memulihkan: buka Payung di laptop yang masih kosong, pilih Pulihkan dari cadangan. Kata sandinya sama dengan saat cadangan dibuat.",
} satisfies Words;
