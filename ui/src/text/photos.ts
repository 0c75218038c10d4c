import { bytes, number } from "./format";
import type { Words } from "./words";

/** The word once: a kind is called "KTP" here and "Foto KTP" there. */
const photo = (word: string, kind: string) => `${word} ${kind}`.replace(" Foto ", " ");

export const photos = {
  title: "Foto",
  body: "Dikecilkan dan dibersihkan dari keterangan tempat sebelum disimpan, lalu dikirim sesudah data.",
  ktp: "KTP",
  kk: "Kartu Keluarga",
  other: "Foto lain",
  none: "Belum ada foto",
  pick: "Pilih berkas",
  camera: "Kamera",
  drop: "Berkas foto juga dapat dijatuhkan ke jendela ini.",
  open: (kind: string) => `Lihat ${photo("foto", kind)}`,
  remove: "Hapus",
  removeTitle: (kind: string) => `Hapus ${photo("foto", kind)}?`,
  removeBody: "Foto hilang dari daftar di sini dan di kabupaten. Bahwa foto pernah ada dan dihapus tetap tercatat.",
  removed: "Foto dihapus dari daftar.",
  preparing: "Memeriksa dan mengecilkan foto…",
  kept: (kind: string) => `${photo("Foto", kind)} tersimpan.`,
  notKept: "Foto ini belum dipakai",
  notKeptName: (name: string) => `${name} belum dipakai`,
  doubtTitle: "Foto ini meragukan",
  doubtAgain: "Jangan dipakai",
  doubtUse: "Tetap pakai",
  size: (count: number) => bytes(count),
  taken: (who: string, when: string) => `${who}, ${when}`,
  notHere: "Fotonya diambil di laptop lain dan belum sampai di sini. Datang sendiri pada sinkronisasi berikutnya.",
  unseen: "Gambar tidak dapat ditampilkan",
  whichTitle: "Foto apa ini?",
  whichBody: (name: string) => `Berkas ${name}`,
  whichLeft: (count: number) => `Masih ${number(count)} berkas lagi`,
  earlier: "Foto sebelumnya",
} satisfies Words;

export const camera = {
  title: (kind: string) => `Foto ${kind} dengan kamera`,
  starting: "Menyalakan kamera…",
  hint: "Penuhi bingkai, tahan diam, jangan sampai memantul. Semua huruf harus terbaca.",
  shoot: "Ambil foto",
  check: "Terbaca semua? NIK paling penting.",
  use: "Pakai foto ini",
  again: "Ulangi",
  which: "Kamera",
  unnamed: (place: number) => `Kamera ${number(place)}`,
  videoAlt: "Gambar dari kamera",
  stillAlt: "Foto yang baru diambil",
  problems: {
    none: { title: "Kamera tidak ditemukan", body: "Laptop ini tidak punya kamera, atau kameranya tidak terbaca." },
    denied: { title: "Kamera tidak diizinkan", body: "Izin kamera ditolak di laptop ini. Izinkan Payung memakai kamera di pengaturan laptop, lalu coba lagi." },
    busy: { title: "Kamera sedang dipakai", body: "Tutup program lain yang memakai kamera, lalu coba lagi." },
    failed: { title: "Kamera tidak menyala", body: "Kamera tidak memberi gambar." },
  },
  instead: "Cara lain: foto dengan telepon, pindahkan berkasnya ke laptop ini, lalu tekan Pilih berkas.",
  pickInstead: "Pilih berkas",
} satisfies Words;
